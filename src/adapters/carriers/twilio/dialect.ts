import type { Config, VendorProcessor } from '#base';
import type { Carrier } from '../carrier.ts';
import { checkAccount } from './check.ts';
import { eraseThere } from './erase.ts';
import { lookUpNumber, pointNumber } from './numbers.ts';
import { readRelay, writeRelay } from './relay.ts';
import { callOver, changeCall, withHost, type Api } from './rest.ts';
import { verify, verifyUpgrade } from './signature.ts';
import { twilioStream } from './stream.ts';
import { render, renderInline } from './twiml.ts';
import { hint, read } from './webhook.ts';

/** Who speaks the dialect, and where its API is found. */
export type Speaker = {
  readonly id: string;
  readonly processor: VendorProcessor;
  /** Undefined when this installation has no way to reach its API: webhooks are answered, live calls not changed. */
  origin(config: Config): string | undefined;
};

/** A carrier that speaks Twilio's wire: its signatures, TwiML, ConversationRelay, media streams and Calls API (2010-04-01). */
export function twilioDialect(speaker: Speaker): Carrier {
  const { id, processor } = speaker;
  const api = (config: Config): Api => ({ id, processor, origin: speaker.origin(config) });
  return {
    processor,
    processorFor: (config) => withHost(processor, speaker.origin(config)),
    hint,
    verify,
    verifyUpgrade,
    read,
    render,
    readRelay,
    writeRelay,
    stream: twilioStream,
    check: ({ http, config }, account) => checkAccount(http, api(config), account),
    lookUp: ({ http, config }, account, e164) => lookUpNumber(http, api(config), { account, e164 }),
    point: ({ http, config }, account, pointing) => pointNumber(http, api(config), { account, pointing }),
    // Where nothing lies there is nothing to delete, and nobody is asked to.
    ...(processor.keeps.length > 0 && {
      erase: ({ http, config }, account, held) => eraseThere(http, api(config), { account, held }),
    }),
    async hangUp({ http, config }, account, callId) {
      await changeCall(http, api(config), { account, callId, form: { Status: 'completed' } });
    },
    async redirect({ http, config }, account, callId, answer) {
      const form = { Twiml: renderInline(answer) };
      if (!(await changeCall(http, api(config), { account, callId, form }))) throw callOver();
    },
  };
}
