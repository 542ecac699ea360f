import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene, voice } from '../../../test/live-scene.ts';

const b64 = (bytes: Buffer) => bytes.toString('base64');

test('a turn: the caller is heard, the answer is played and told, and its times are taken', () => {
  const { call, caller, carrier, sessions, told, clock } = liveScene();
  caller.isSilent(400);
  const [session] = sessions;
  assert.ok(session);
  assert.deepEqual(session.heard, caller.sent.slice(0, session.heard.length));
  const { tell } = session;
  caller.speaks(100);
  tell.callerBegan(420);
  caller.speaks(900);
  caller.isSilent(500);
  tell.callerEnded(1_400);
  caller.isSilent(300);
  tell.answering('a1');
  const audio = voice(1, 0, 1_000);
  tell.audio('a1', b64(audio.subarray(0, 3_000)));
  tell.heard('Are you open?');
  tell.audio('a1', b64(audio.subarray(3_000)));
  tell.answered('a1', 'Yes, until five.');
  caller.isSilent(1_500);
  assert.deepEqual(Buffer.concat(carrier.frames.map(({ payload }) => Buffer.from(payload, 'base64'))), audio);
  assert.ok(carrier.mostAheadMs <= 400);
  assert.deepEqual(told, [
    { type: 'opened' },
    { type: 'heard', text: 'Are you open?' },
    { type: 'spoke', text: 'Yes, until five.' },
    { type: 'turn', times: { endpointMs: 520, modelMs: 820, sentMs: 820, heardMs: 840 } },
    { type: 'played', text: 'Yes, until five.' },
  ]);
  caller.stops();
  clock.advance(20);
  assert.deepEqual(told.at(-1), { type: 'closed', how: 'stopped' });
  assert.equal(session.isClosed, true);
  assert.equal(call.stats().framesIn, caller.sent.length);
});
