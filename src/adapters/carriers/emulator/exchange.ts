import type { Ctx } from '#base';
import type { CarrierAccount } from '../carrier.ts';
import { callerOf, hangUp, type EmulatedCall } from './emulated-call.ts';
import { newLeg, type CallOptions, type Ended, type Leg } from './leg.ts';
import { openLine } from './line.ts';
import type { EmulatedNumber } from './numbers.ts';
import { play } from './play.ts';
import { openRest, type LiveCall } from './rest-server.ts';

export type ExchangeOptions = Pick<Ctx, 'clock' | 'random' | 'http'> & {
  /** The product's public URL, which is signed; a function when it is known only once the product listens. */
  readonly origin: string | (() => string);
  /** The loopback address where the product listens, when that is another. */
  readonly via?: string;
  /** The carrier it passes for: its id in the webhook paths. */
  readonly carrier: 'twilio' | 'emulator';
  readonly account: CarrierAccount;
  /** How many times faster than real its calls are; default 1. */
  readonly speed?: number;
  /** Numbers of the account, and where they point; what the API changes is changed in them. */
  readonly numbers?: readonly EmulatedNumber[];
  /** Port of its API; default: a free one. */
  readonly restPort?: number;
};

export type Exchange = {
  /** Where live calls can be hung up and redirected, with the account's credentials: the product's base URL for it. */
  readonly rest: { readonly url: string };
  call(options: CallOptions): EmulatedCall;
  /** Hangs up what is left and closes the API. */
  close(): Promise<void>;
};

/**
 * A telephone exchange in this process: the wire of the real carrier with callers on its other end. It holds the
 * account's token and signs; nothing about it is exempt from a check. Playing time passes on `clock`.
 */
export async function openExchange(options: ExchangeOptions): Promise<Exchange> {
  const { account, clock, random, http, carrier, speed = 1 } = options;
  const legs = new Map<string, { readonly leg: Leg; readonly ended: Promise<Ended> }>();
  const past = new Set<string>();
  const records = new Set<string>();
  const find = (callId: string) => live(legs.get(callId)?.leg, past.has(callId));
  const rest = await openRest(account, { find, records, numbers: options.numbers ?? [] }, options.restPort ?? 0);
  return {
    rest: { url: rest.url },
    call(given) {
      const origin = typeof options.origin === 'string' ? options.origin : options.origin();
      const line = openLine({ origin, via: options.via ?? origin }, account, http);
      const base = `${origin}/carriers/${carrier}`;
      const call = { statusUrl: `${base}/status`, ...given };
      const pace = { clock, speed };
      const leg = newLeg({ account: account.accountSid, pace, random, line, options: call });
      const ended = play(leg, given.voiceUrl ?? `${base}/voice`).finally(() => {
        legs.delete(leg.callId);
        past.add(leg.callId);
        records.add(leg.callId);
      });
      legs.set(leg.callId, { leg, ended });
      return callerOf(leg, ended);
    },
    async close() {
      const left = [...legs.values()];
      for (const { leg } of left) hangUp(leg, 'api-hung-up');
      await Promise.all(left.map(({ ended }) => ended));
      await rest.close();
    },
  };
}

function live(leg: Leg | undefined, isPast: boolean): LiveCall | undefined {
  if (!leg) return isPast ? { isOver: () => true, hangUp() {}, redirect() {} } : undefined;
  return {
    isOver: () => leg.over !== undefined || (leg.cut !== undefined && leg.cut.by !== 'redirect'),
    hangUp: () => hangUp(leg, 'api-hung-up'),
    redirect(document) {
      leg.cut = { by: 'redirect', document };
      leg.tell();
    },
  };
}
