import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, turnEnd } from '#base';
import { pacer } from './pace.ts';

test('in no second more begin than may, however many want to, and none is left waiting', async () => {
  const clock = manualClock(0);
  const turn = pacer(clock, 10);
  const began: number[] = [];
  const all = Array.from({ length: 25 }, () => turn().then(() => began.push(clock.now())));
  while (began.length < 25) {
    await turnEnd();
    clock.advance(20);
  }
  await Promise.all(all);
  for (const at of began) assert.ok(began.filter((one) => one >= at && one < at + 1_000).length <= 10, began.join(' '));
  assert.ok(clock.now() <= 2_500, `${clock.now()} ms for 25 at 10 a second`);
});
