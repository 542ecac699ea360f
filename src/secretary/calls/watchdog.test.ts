import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { pause } from '#base';
import { parrot } from '../../../test/parrot.ts';
import { world } from '../../../test/world.ts';

test('a call whose carrier went quiet is ended with that reason, within minutes', async (t) => {
  const w = await world(t, { model: parrot, speed: 600 });
  const form: Record<string, string> = {
    AccountSid: w.demo.twilio.accountSid,
    CallSid: `CA${'e'.repeat(32)}`,
    From: '+14155550132',
    To: w.demo.number,
    CallStatus: 'ringing',
    Direction: 'inbound',
  };
  const signed = `${w.url}/carriers/twilio/voice${Object.keys(form)
    .toSorted()
    .map((name) => name + form[name])
    .join('')}`;
  await w.app.server.inject({
    method: 'POST',
    url: '/carriers/twilio/voice',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', w.demo.twilio.authToken).update(signed).digest('base64'),
    },
    body: new URLSearchParams(form).toString(),
  });
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
