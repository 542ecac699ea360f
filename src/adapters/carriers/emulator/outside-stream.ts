import type { Audience } from './audience.ts';
import type { Leg, Next } from './leg.ts';
import type { Stream } from './verbs.ts';
import { askProduct } from './webhooks.ts';

/**
 * A media stream whose other end is the person's own device: it opens the socket and speaks its dialect. Here is only
 * what the carrier does round it: offering it, noticing its end, and asking the action afterwards.
 */
export async function playOutside(leg: Leg, verb: Stream, audience: Audience): Promise<Next> {
  let isOver = false;
  const stream = audience.stream({
    account: leg.account,
    callId: leg.callId,
    streamId: `MZ${leg.random.bytes(16).toString('hex')}`,
    socketUrl: verb.socketUrl,
    parameters: verb.parameters,
  });
  void stream.over.then(() => {
    isOver = true;
    leg.tell();
  });
  leg.log('stream-offered');
  await leg.until(() => isOver || leg.cut !== undefined || undefined);
  const redirected = leg.cut?.by === 'redirect';
  if (leg.cut && !redirected) leg.status = 'completed';
  stream.close();
  leg.log('stream-over');
  if (redirected || verb.action === undefined) return undefined;
  return { document: await askProduct(leg, verb.action, {}) };
}
