import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause } from '#base';
import { parrot } from '../../../test/parrot.ts';
import { signedRing } from '../../../test/signed-ring.ts';
import { world } from '../../../test/world.ts';

test('a call whose carrier went quiet is ended with that reason, within minutes', async (t) => {
  const w = await world(t, { model: parrot, speed: 200 });
  await w.app.server.inject(signedRing({ origin: w.url, account: w.demo.twilio, to: w.demo.number }));
  const began = w.clock.now();
  let call = await w.lastCall();
  assert.equal(call.state, 'live');
  while (call.state === 'live' && w.clock.now() - began < 600_000) {
    await pause(w.clock, 5_000);
    call = await w.lastCall();
  }
  assert.equal(call.endReason, 'carrier-silent');
  assert.ok(w.clock.now() - began > 110_000, 'a call that may still be alive is left alone');
});
