import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#base';
import { keepWatch } from '../speech/watch.ts';

function watched() {
  const clock = manualClock(0);
  const late: number[] = [];
  return { clock, late, watch: keepWatch(clock, () => void late.push(clock.now())) };
}

test('what is due is missed once, when its time has passed', () => {
  const { clock, late, watch } = watched();
  watch.expect(2_000);
  clock.advance(1_999);
  assert.deepEqual(late, []);
  clock.advance(10_000);
  assert.deepEqual(late, [2_000]);
});

test('every frame that comes gives the next one its whole time', () => {
  const { clock, late, watch } = watched();
  for (let frame = 0; frame < 500; frame += 1) {
    watch.expect(2_000);
    clock.advance(20);
  }
  assert.deepEqual(late, []);
  clock.advance(1_980);
  assert.deepEqual(late, [500 * 20 - 20 + 2_000]);
});

test('what is due sooner than what was due before is missed sooner', () => {
  const { clock, late, watch } = watched();
  watch.expect(8_000);
  watch.expect(2_000);
  clock.advance(9_000);
  assert.deepEqual(late, [2_000]);
});

test('nothing is missed while nothing is due', () => {
  const { clock, late, watch } = watched();
  watch.expect(2_000);
  watch.rest();
  clock.advance(60_000);
  assert.deepEqual(late, []);
});
