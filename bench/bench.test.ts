import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure } from './bench.ts';

/** A machine whose time passes only where the work says so. */
function machine() {
  let nowMs = 0;
  return {
    now: () => nowMs,
    work: (ms: number) => async () => {
      nowMs += ms;
    },
  };
}

test('figures are those of the work, against the first variant', async () => {
  const { now, work } = machine();
  const figures = await measure({ atOnce: 1, operations: 100 }, { plain: work(2), sealed: work(3) }, now);
  assert.deepEqual(figures, [
    { variant: 'plain', p50Ms: 2, p95Ms: 2, perSecond: 500, addsMs: 0, ratio: 1 },
    { variant: 'sealed', p50Ms: 3, p95Ms: 3, perSecond: 1000 / 3, addsMs: 1, ratio: 1.5 },
  ]);
});

test('a slow start of the process is not counted', async () => {
  const { now, work } = machine();
  let calls = 0;
  const warming = () => work(calls++ < 10 ? 500 : 1)();
  const [figures] = await measure({ atOnce: 1, operations: 100 }, { warming }, now);
  assert.equal(figures?.p95Ms, 1);
});

test('the stated number of operations runs at the same time, and no more', async () => {
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, (running += 1));
    await Promise.resolve();
    running -= 1;
  };
  await measure({ atOnce: 8, operations: 400 }, { work });
  assert.equal(most, 8);
});

test('variants take turns, and neither is always first', async () => {
  const order: string[] = [];
  const note = (name: string) => async () => void order.push(name);
  await measure({ atOnce: 1, operations: 20 }, { a: note('a'), b: note('b') });
  assert.equal(order.join('').slice(0, 8), 'abbaabba');
});
