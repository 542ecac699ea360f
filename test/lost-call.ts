import assert from 'node:assert/strict';
import { liveDesk } from '#secretary/calls';
import { otherCanary } from '../src/trust/canary.ts';
import { callCanary, signedBy } from '../src/trust/canary-call.ts';
import { reachOf, rolledBack } from '../src/trust/means.ts';
import type { ProvingGround } from './proving.ts';

/** Rings a live telephone of the canary, and has the line tell that the model is gone. Returns what the carrier asks next. */
export async function lostCall({ means, calls, ctx }: ProvingGround): Promise<() => Promise<string>> {
  const reach = await rolledBack(means.prove, async (tx) => reachOf(means, tx));
  const { callId, answer, offer, ring } = await callCanary(reach, means.canary.phone.liveNumber);
  assert.equal(offer?.door, 'stream', answer.body);
  const desk = liveDesk(calls, () => {});
  const account = offer.url.split('/').at(-1) ?? '';
  const { call } = await desk.join({
    carrier: 'emulator',
    organisation: otherCanary,
    account,
    callId,
    token: offer.token,
  });
  await desk.happened(call, [{ n: 1, happening: { type: 'opened' } }]);
  await desk.happened(call, [{ n: 2, happening: { type: 'heard', text: 'Are you open on Sunday?' } }]);
  ctx.clock.advance(1_000);
  await desk.happened(call, [{ n: 3, happening: { type: 'model-lost', why: 'dropped', waiting: 'words' } }]);
  await desk.happened(call, [{ n: 4, happening: { type: 'closed', how: 'asked' } }]);
  return async () => {
    const path = /action="[^"]*(\/carriers[^"]*)"/.exec(answer.body)?.[1] ?? '';
    const fields = new URLSearchParams(ring.body);
    fields.set('CallStatus', 'in-progress');
    fields.sort();
    const content = [...fields].flat().join('');
    const headers = {
      ...signedBy(means.canary.phone.sign(means.origin + path + content)),
      'content-type': 'application/x-www-form-urlencoded',
    };
    const { body } = await means.self({ method: 'POST', path, headers, body: fields.toString() });
    return body;
  };
}
