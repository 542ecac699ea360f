import type { Ctx } from '#base';
import type { CarrierAccount } from '../carrier.ts';
import type { Audience } from './audience.ts';
import { earWhen } from './ear.ts';
import { callerOf, hangUp, type EmulatedCall } from './emulated-call.ts';
import { newLeg, type Leg } from './leg.ts';
import { signedLine, type Transport } from './line.ts';
import { play } from './play.ts';

/** An emulated call that a person conducts, from wherever they are. */
export type PersonCall = Pick<EmulatedCall, 'callId' | 'ended' | 'steps' | 'press'> & {
  /** Says it at once, over what is being said; waits while nobody listens or may be spoken over. */
  say(text: string): Promise<void>;
  /** They are still finding their words. Whoever is listening waits for them. */
  isSpeaking(): void;
  hangUp(): void;
  /** Ends it from the other side, as a carrier does when it is told to. */
  cutOff(): void;
};

export type PersonCallOptions = Pick<Ctx, 'clock' | 'random'> & {
  readonly account: CarrierAccount;
  /** The product's public URL, which is signed. */
  readonly origin: string;
  /** How it is reached. */
  readonly transport: Transport;
  readonly from: string;
  readonly to: string;
  /** Where the number points, when elsewhere than usual. */
  readonly voiceUrl?: string;
  readonly audience: Audience;
};

/** Rings at the product for a person: the carrier's own wire, signed with the account's token. Time is real. */
export function callAsPerson(given: PersonCallOptions): PersonCall {
  const { account, clock, random, origin, transport, from, to, audience } = given;
  const base = `${origin}/carriers/emulator`;
  const leg = newLeg({
    account: account.accountSid,
    pace: { clock, speed: 1 },
    random,
    line: signedLine(account, transport),
    options: { from, to, statusUrl: `${base}/status`, audience },
  });
  const ended = play(leg, given.voiceUrl ?? `${base}/voice`);
  const { callId, steps, press } = callerOf(leg, ended);
  return {
    callId,
    steps,
    press,
    ended,
    say: (text) => say(leg, text),
    isSpeaking() {
      if (leg.ear?.isQuiet() && leg.ear.takes.what === 'words') leg.ear.takes.goesOn?.();
    },
    hangUp: () => hangUp(leg, 'caller-hung-up'),
    cutOff: () => hangUp(leg, 'api-hung-up'),
  };
}

/** Words that were typed are said: they take no time any more. */
async function say(leg: Leg, text: string): Promise<void> {
  for (;;) {
    const ear = await earWhen(leg, ({ takes }) => takes.what === 'words');
    if (ear.takes.what === 'words' && ear.takes.begins()) {
      leg.spoke('caller', text);
      return ear.takes.speech(text);
    }
    if (ear.isQuiet()) return leg.log('caller-unheard');
    await earWhen(leg, (one) => one !== ear || one.isQuiet());
  }
}
