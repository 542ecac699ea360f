import assert from 'node:assert/strict';
import { test } from 'node:test';
import { echo, questions, scene } from './scene.test.ts';

test('when the caller hangs up, the relay ends and the status says so', async (t) => {
  const { play, call, seen } = await scene(t, echo);
  const caller = call();
  await play(caller.said());
  await play(caller.said());
  assert.deepEqual(await play(caller.hangUp()), { how: 'caller-hung-up' });
  assert.deepEqual(
    seen.slice(-2).map(({ callId: _, ...event }) => event),
    [
      { type: 'relay-ended', how: 'hung-up' },
      { type: 'status', status: 'completed', sequence: 1 },
    ],
  );
  await assert.rejects(caller.say('hello?'), /over/);
});

test('when the socket drops, the call lives on and the product is asked what comes next', async (t) => {
  const { play, call, seen } = await scene(t, echo);
  const caller = call();
  await play(caller.said());
  await play(caller.said());
  await play(caller.dropSocket());
  assert.equal(await play(caller.said()), 'Goodbye.');
  assert.ok(seen.some((event) => event.type === 'relay-ended' && event.how === 'failed'));
});

test('frames that are no messages are told apart and harm nothing', async (t) => {
  const { play, call, faults } = await scene(t, echo);
  const caller = call();
  await play(caller.said());
  await play(caller.said());
  for (const raw of ['{', '[]', '{"type":"prompt"}', '{"a":'.repeat(50), ' '.repeat(20_000), Buffer.from([0, 255])]) {
    await play(caller.sendFrame(raw));
  }
  await play(caller.say('still there?'));
  assert.equal(await play(caller.said()), 'You said: still there?.');
  assert.deepEqual(faults, [...Array<string>(5).fill('frame-malformed'), 'binary-refused']);
});

for (const repeatWebhooks of ['after', 'at-once'] as const) {
  test(`a webhook that comes twice (${repeatWebhooks}) is one happening with one answer`, async (t) => {
    const { play, call, seen } = await scene(t, questions);
    const caller = call({ faults: { repeatWebhooks, delayMs: 300 } });
    await play(caller.ended);
    assert.deepEqual(
      seen.map((event) => event.type),
      ['ringing', 'status', 'heard', 'heard', 'heard', 'status'],
    );
    assert.equal(caller.steps.filter((step) => step.what === 'repetition-answered-alike').length, 4);
    assert.ok(!caller.steps.some((step) => step.what === 'repetition-answered-differently'));
  });
}

test('statuses out of order carry the sequence that puts them right', async (t) => {
  const { play, call, seen } = await scene(t, questions);
  await play(call({ faults: { statusOutOfOrder: true, slowFramesMs: 50 } }).ended);
  const statuses = seen.filter((event) => event.type === 'status');
  assert.deepEqual(
    statuses.map((event) => [event.status, event.sequence]),
    [
      ['completed', 1],
      ['in-progress', 0],
    ],
  );
});

test('a call can be rejected before it is answered', async (t) => {
  const { play, call, seen } = await scene(t, { answer: () => [{ do: 'reject', reason: 'busy' }] });
  assert.deepEqual(await play(call().ended), { how: 'rejected', why: 'busy' });
  assert.deepEqual(
    seen.map((event) => event.type === 'status' && event.status),
    [false, 'busy'],
  );
});
