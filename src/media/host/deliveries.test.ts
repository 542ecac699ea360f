import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, problem, turnEnd } from '#base';
import type { CallName, Happening } from '../desk.ts';
import { openDeliveries, type Happened, type Pace } from './deliveries.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const name = (n: number): CallName => ({ organisation, id: `00000000-0000-7000-8000-00000000000${n}`, turn: 1 });
const told = (call: CallName, n: number, happened: Happening = { type: 'heard', text: String(n) }): Happened => ({
  call,
  n,
  at: 0,
  happened,
});

/** Deliveries to a desk that finishes each happening when the test says so. */
function office(pace: Pace = { together: 1, lingerMs: 0 }) {
  const clock = manualClock(0);
  const begun: string[] = [];
  const open: { resolve(): void; reject(error: Error): void }[] = [];
  const taken: number[] = [];
  const resumed = Promise.withResolvers<void>();
  const deliveries = openDeliveries(
    { clock, log: () => {} },
    {
      happened(call, all) {
        for (const { n, happening } of all) begun.push(`${call.id.slice(-1)}/${n}/${happening.type}`);
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        open.push({ resolve, reject });
        return promise;
      },
      resumed: () => resumed.promise,
    },
    pace,
  );
  const finish = async (error?: Error) => {
    const next = open.shift();
    assert.ok(next, 'something is under way');
    if (error) next.reject(error);
    else next.resolve();
    await turnEnd();
  };
  const put = (message: Happened) => deliveries.put(message, (n) => taken.push(n));
  return { clock, begun, taken, resumed, deliveries, finish, put };
}

test('happenings of one call are handed over one after the other; another call does not wait for them', async () => {
  const { begun, taken, put, finish } = office();
  for (const n of [1, 2, 3]) assert.equal(put(told(name(1), n)), true);
  assert.equal(put(told(name(2), 1)), true);
  await turnEnd();
  assert.deepEqual(begun, ['1/1/heard', '2/1/heard']);
  assert.deepEqual(taken, []);
  await finish();
  assert.deepEqual([begun.at(-1), taken], ['1/2/heard', [1]]);
});

test('what comes again while it waits, is under way or is written down is handed over once', async () => {
  const { begun, taken, put, finish } = office();
  for (const n of [1, 2, 1, 2]) assert.equal(put(told(name(1), n)), true);
  await turnEnd();
  await finish();
  await finish();
  assert.deepEqual(begun, ['1/1/heard', '1/2/heard']);
  assert.equal(put(told(name(1), 1)), true);
  assert.deepEqual(taken, [1, 2, 2]);
});

test('a happening that leaves one out is refused', async () => {
  const { put, finish } = office();
  assert.equal(put(told(name(1), 5)), true);
  assert.equal(put(told(name(1), 7)), false);
  assert.equal(put(told(name(1), 6)), true);
  await turnEnd();
  await finish();
  assert.equal(put(told(name(1), 8)), false);
});

test('what cannot be written down now is tried again with growing pauses, and nothing overtakes it', async () => {
  const { clock, begun, taken, put, finish } = office();
  put(told(name(1), 1));
  put(told(name(1), 2));
  await turnEnd();
  let waitedMs = 0;
  for (let tries = 1; tries <= 4; tries += 1) {
    await finish(new Error('the database is away'));
    assert.equal(begun.length, tries);
    const before = clock.now();
    while (begun.length === tries) {
      clock.advance(50);
      await turnEnd();
    }
    assert.ok(clock.now() - before > waitedMs, 'each pause is longer than the one before');
    waitedMs = clock.now() - before;
  }
  assert.deepEqual(new Set(begun), new Set(['1/1/heard']));
  await finish();
  assert.deepEqual([begun.at(-1), taken], ['1/2/heard', [1]]);
});

test('what the desk wants nothing of counts as taken', async () => {
  const { taken, put, finish } = office();
  put(told(name(1), 1));
  await turnEnd();
  await finish(problem('call-not-known', 'No such call.'));
  assert.deepEqual(taken, [1]);
});

test('a call that is taken up again is told of before anything that happened in it', async () => {
  const { begun, resumed, deliveries, put } = office();
  deliveries.resume([{ call: name(1), taken: 4 }]);
  assert.equal(put(told(name(1), 5)), true);
  await turnEnd();
  assert.deepEqual(begun, []);
  resumed.resolve();
  await turnEnd();
  assert.deepEqual(begun, ['1/5/heard']);
});

test('a call whose line died ends, after everything that the line had told', async () => {
  const { begun, put, deliveries, finish } = office();
  deliveries.open(name(1), 9);
  put(told(name(1), 10));
  deliveries.lost(name(1));
  deliveries.lost(name(1));
  await turnEnd();
  await finish();
  await finish();
  assert.deepEqual(begun, ['1/10/heard', '1/11/closed']);
  deliveries.lost(name(1));
  await turnEnd();
  assert.equal(begun.length, 2);
});

test('settling waits for what is under way, and gives up what cannot be written down', async () => {
  const { clock, begun, put, deliveries, finish } = office();
  put(told(name(1), 1));
  await turnEnd();
  const settled = deliveries.settled(1_000);
  await finish(new Error('the database is away'));
  clock.advance(1_000);
  await settled;
  clock.advance(60_000);
  await turnEnd();
  assert.equal(begun.length, 1);
});

test('what nobody waits for gathers for a moment and is written down at once; what does not wait takes it along', async () => {
  const { clock, begun, taken, put, finish } = office({ together: 64, lingerMs: 250 });
  put(told(name(1), 1));
  put(told(name(1), 2));
  await turnEnd();
  clock.advance(249);
  await turnEnd();
  assert.deepEqual(begun, []);
  clock.advance(1);
  await turnEnd();
  assert.deepEqual(begun, ['1/1/heard', '1/2/heard']);
  await finish();
  assert.deepEqual(taken, [2], 'the line is told once of all of it');
  put(told(name(1), 3));
  put(told(name(1), 4, { type: 'quiet' }));
  await turnEnd();
  assert.deepEqual(begun.slice(2), ['1/3/heard', '1/4/quiet']);
});

test('no more is handed over at once than was agreed, and what stays behind comes next', async () => {
  const { begun, put, finish } = office({ together: 2, lingerMs: 0 });
  for (const n of [1, 2, 3, 4, 5]) put(told(name(1), n));
  await turnEnd();
  assert.deepEqual(begun, ['1/1/heard', '1/2/heard']);
  await finish();
  assert.equal(begun.length, 4);
});
