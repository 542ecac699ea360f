import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from './scene.test.ts';
import { streaming } from './stream-scene.test.ts';

const minute = Buffer.alloc(60 * 8_000, 0x55);
const payload = minute.subarray(0, 160).toString('base64');

function times(streamed: readonly { type: string; atMs?: number }[]): number[] {
  return streamed.flatMap(({ type, atMs }) => (type === 'audio' && atMs !== undefined ? [atMs] : []));
}

test('frames that the network loses leave a gap in time and none in the order', async (t) => {
  const { play, call, streamed } = await scene(
    t,
    streaming(() => {}),
  );
  const caller = call({ faults: { loseFrames: 0.5 } });
  await play(caller.playAudio(minute.subarray(0, 32_000)));
  await play(caller.hangUp());
  const came = times(streamed);
  assert.ok(came.length > 40 && came.length < 160, `${came.length} of 200 frames`);
  assert.ok(came.every((atMs, index) => atMs % 20 === 0 && (index === 0 || atMs > came[index - 1]!)));
});

test('frames that are late, each differently, still come all and in order', async (t) => {
  const { play, call, streamed } = await scene(
    t,
    streaming(() => {}),
  );
  const caller = call({ faults: { slowFramesMs: 100, jitterMs: 300 } });
  await play(caller.playAudio(minute.subarray(0, 32_000)));
  await play(caller.press('1'));
  await play(caller.playAudio(minute.subarray(0, 8_000)));
  await play(caller.hangUp());
  const came = times(streamed);
  assert.ok(came.length >= 200);
  assert.deepEqual(
    came,
    came.map((_, index) => index * 20),
  );
});

test('a stalled socket goes on sending and playing what it has, and takes the rest when it is resumed', async (t) => {
  let late = false;
  const plan = streaming((event, line) => {
    if (event.type === 'start') line.audio(minute.subarray(0, 16_000));
    if (event.type === 'digit') {
      line.audio(minute.subarray(0, 8_000));
      late = true;
    }
  });
  const { play, call, streamed } = await scene(t, plan);
  const caller = call();
  await play(caller.waitForAudio(1_000));
  await play(caller.stallSocket());
  await play(caller.press('1'));
  const before = times(streamed).length;
  await play(caller.playAudio(minute.subarray(0, 24_000)));
  assert.ok(late && times(streamed).length > before);
  const heardMs = () => Buffer.concat(caller.heardAudio.map(({ audio }) => audio)).length / 8;
  assert.equal(heardMs(), 2_000);
  await play(caller.resumeSocket());
  await play(caller.waitForAudio(3_000));
  await play(caller.stallSocket());
  assert.deepEqual(await play(caller.hangUp()), { how: 'caller-hung-up' });
});

test('a message of the product that is none is refused, and harms nothing', async (t) => {
  const wrong = [
    '{',
    '[]',
    '{"event":"media"}',
    `{"event":"media","streamSid":"MZ1","media":{"payload":"${payload}"}}`,
    Buffer.from([0, 255]),
  ];
  const plan = streaming((event, line) => {
    if (event.type !== 'start') return;
    for (const raw of wrong) line.raw(raw);
    line.audio(minute.subarray(0, 160));
  });
  const { play, call } = await scene(t, plan);
  const caller = call();
  await play(caller.waitForAudio(20));
  const refused = caller.steps.filter(({ what }) => what === 'message-refused');
  assert.equal(refused.length, wrong.length);
  assert.ok(refused.every(({ detail }) => detail === undefined));
});

test('what is said to the product in frames that are none is told apart and harms nothing', async (t) => {
  const { play, call, faults, streamed } = await scene(
    t,
    streaming(() => {}),
  );
  const caller = call();
  for (const raw of ['{', '[]', '{"event":"media"}', ' '.repeat(20_000), Buffer.from([0, 255])]) {
    await play(caller.sendFrame(raw));
  }
  const before = times(streamed).length;
  await play(caller.playAudio(minute.subarray(0, 1_600)));
  await play(caller.hangUp());
  assert.ok(times(streamed).length >= before + 10);
  assert.deepEqual(faults, [...Array<string>(4).fill('frame-malformed'), 'binary-refused']);
});

test('more audio than anyone would listen to is not kept', async (t) => {
  const plan = streaming((event, line) => {
    if (event.type !== 'start') return;
    for (let count = 0; count < 11; count += 1) line.audio(minute);
  });
  const { play, call } = await scene(t, plan);
  const caller = call();
  await play(caller.waitForAudio(1_000));
  while (!caller.steps.some(({ what }) => what === 'buffer-full')) await play(caller.playAudio(Buffer.alloc(160)));
  assert.ok(caller.mostWaitingMs() <= 600_000);
});
