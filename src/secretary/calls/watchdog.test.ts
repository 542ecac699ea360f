import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause } from '#base';
import { parrot } from '../../../test/parrot.ts';
import { makeBusiness, makeCall } from '../../../test/rows.ts';
import { signedRing } from '../../../test/signed-ring.ts';
import { world, type World } from '../../../test/world.ts';

test('a call whose carrier went quiet is ended with that reason, within minutes', async (t) => {
  const w = await world(t, { model: parrot, speed: 100 });
  const { call, afterMs } = await ringAndFallSilent(w);
  assert.equal(call.endReason, 'carrier-silent');
  assert.ok(afterMs > 110_000, 'a call that may still be alive is left alone');
});

test('calls that cannot be ended keep the watchdog from no other', async (t) => {
  const w = await world(t, { model: parrot, speed: 100 });
  const business = await makeBusiness(w.ctx.db);
  // More than the watchdog takes at a time; no key opens what they hold.
  await Promise.all(Array.from({ length: 120 }, () => makeCall(w.ctx.db, business)));
  assert.equal((await ringAndFallSilent(w)).call.endReason, 'carrier-silent');
});

async function ringAndFallSilent(w: World) {
  await w.app.server.inject(signedRing({ origin: w.url, account: w.demo.twilio, to: w.demo.number }));
  const began = w.clock.now();
  let call = await w.lastCall();
  assert.equal(call.state, 'live');
  while (call.state === 'live' && w.clock.now() - began < 900_000) {
    await pause(w.clock, 5_000);
    call = await w.lastCall();
  }
  return { call, afterMs: w.clock.now() - began };
}
