import { problem } from '#base';
import type { Knocked } from '#edge';
import type { Reach, SelfAnswer, SelfRequest } from './claim.ts';
import { ringOfCanary } from './ringing.ts';

/** The socket that the answer to a ring offers: audio (`stream`) or text (`relay`), and the token that opens it. */
export type Offer = { readonly door: 'stream' | 'relay'; readonly url: string; readonly token: string };

/** A call of the product to itself. */
export type CanaryCall = {
  readonly callId: string;
  readonly ring: SelfRequest;
  readonly answer: SelfAnswer;
  /** Undefined when it offers no socket. */
  readonly offer: Offer | undefined;
  hangUp(): Promise<{ readonly request: SelfRequest; readonly answer: SelfAnswer }>;
};

/** Rings one of the canary's telephones. Throws `not-running` when the product is too busy to answer, or stopping. */
export async function callCanary(reach: Reach, number: string): Promise<CanaryCall> {
  const { callId, ring, hangUp } = ringOfCanary(reach, number);
  const answer = alive(await reach.self(ring));
  return {
    callId,
    ring,
    answer,
    offer: offerIn(answer.body),
    hangUp: async () => ({ request: hangUp, answer: alive(await reach.self(hangUp)) }),
  };
}

/** Calls, does the work and hangs up, whatever came of it. */
export async function inCanaryCall<T>(
  reach: Reach,
  number: string,
  work: (call: CanaryCall) => Promise<T>,
): Promise<T> {
  const call = await callCanary(reach, number);
  try {
    return await work(call);
  } finally {
    await call.hangUp();
  }
}

/** Opens a socket as the canary's carrier does: truly signed. Throws `not-running` as `callCanary` does. */
export async function knockTruly({ canary, knock }: Pick<Reach, 'canary' | 'knock'>, url: string): Promise<Knocked> {
  const knocked = alive(await knock({ path: new URL(url).pathname, headers: signedBy(canary.phone.sign(url)) }));
  if (knocked.visit) return knocked;
  throw problem('not-running', `A true signature opened no socket; the product answered ${knocked.status}.`);
}

/** The header in which a carrier signs. */
export function signedBy(signature: string): Readonly<Record<string, string>> {
  return { 'x-twilio-signature': signature };
}

/** An overloaded or stopping product neither kept nor broke a promise. */
export function alive<A extends { readonly status: number }>(answer: A): A {
  const { status } = answer;
  if (status === 429 || status === 503) throw problem('not-running', `The product answered the probe with ${status}.`);
  return answer;
}

function offerIn(twiml: string): Offer | undefined {
  const [, element, url = ''] = /<(Stream|ConversationRelay)\b[^>]*\burl="([^"]*)"/.exec(twiml) ?? [];
  const token = /<Parameter\b[^>]*\bname="token"[^>]*\bvalue="([^"]*)"/.exec(twiml)?.[1] ?? '';
  if (element === undefined) return undefined;
  return { door: element === 'Stream' ? 'stream' : 'relay', url, token };
}
