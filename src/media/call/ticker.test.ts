import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, type Clock } from '#base';
import { steadyTime } from './steady.ts';
import { openTicker } from './ticker.ts';

/** A clock whose timers fire late, and that counts them. */
function lateClock(lateMs: () => number) {
  const clock = manualClock(0);
  const state = { timers: 0, waiting: 0 };
  const after: Clock['after'] = (waitMs, work) => {
    state.timers += 1;
    state.waiting += 1;
    const cancel = clock.after(waitMs + lateMs(), () => {
      state.waiting -= 1;
      work();
    });
    return () => {
      state.waiting -= 1;
      cancel();
    };
  };
  return { clock: { now: clock.now, after }, advance: clock.advance, state };
}

test('beats that come late move none after them', () => {
  const lates = [0, 7, 13, 0, 2, 0, 3];
  let at = 0;
  const { clock, advance } = lateClock(() => lates[at++ % lates.length]!);
  const beats: number[] = [];
  openTicker(clock).add(() => void beats.push(clock.now()));
  advance(10_000);
  assert.equal(beats.length, 249);
  for (const [n, beat] of beats.entries()) {
    assert.ok(beat >= (n + 1) * 40 && beat < (n + 1) * 40 + 20, `beat ${n} at ${beat}`);
  }
});

test('of the beats that a busy process misses each call gets one, and none of them is served twice as often', () => {
  const { clock, advance } = lateClock(() => 90);
  const ticker = openTicker(clock);
  const beats = Array.from({ length: 8 }, () => 0);
  beats.forEach((_, n) => ticker.add(() => void (beats[n]! += 1)));
  advance(10_000);
  assert.ok(Math.min(...beats) >= 99, beats.join());
  assert.ok(Math.max(...beats) - Math.min(...beats) <= 1, beats.join());
});

test('however many calls there are, one timer beats for all of them in turns, and none when there is no call', () => {
  const { clock, advance, state } = lateClock(() => 0);
  const ticker = openTicker(clock);
  let beats = 0;
  const cancels = Array.from({ length: 200 }, () => ticker.add(() => void (beats += 1)));
  advance(5);
  assert.equal(beats, 25, 'an eighth at a time');
  advance(995);
  assert.equal(beats, 200 * 25);
  assert.ok(state.timers <= 201);
  assert.equal(state.waiting, 1);
  for (const cancel of cancels) cancel();
  assert.equal(state.waiting, 0);
  ticker.add(() => void (beats += 1));
  advance(200);
  assert.equal(beats, 200 * 25 + 5, 'it begins again');
});

test('a call that ends or begins during a beat disturbs no other', () => {
  const { clock, advance, state } = lateClock(() => 0);
  const ticker = openTicker(clock);
  const beats: string[] = [];
  const cancel = ticker.add(() => {
    beats.push('first');
    cancel();
    ticker.add(() => void beats.push('third'));
  });
  ticker.add(() => void beats.push('second'));
  advance(80);
  assert.deepEqual(beats.filter((one) => one === 'first').length, 1);
  assert.deepEqual(beats.filter((one) => one === 'second').length, 2);
  assert.ok(beats.includes('third'));
  assert.equal(state.waiting, 1);
});

test('a clock that is set forward or back moves nothing but itself', () => {
  const clock = { now: 1_000_000 };
  const time = steadyTime({ now: () => clock.now });
  const began = time();
  const passes = (ms: number) => {
    clock.now += ms;
    return time() - began;
  };
  assert.equal(passes(20), 20);
  assert.equal(passes(-3_600_000), 20);
  assert.equal(passes(20), 40);
  assert.equal(passes(7_200_000), 40);
  assert.equal(passes(1_000), 1_040);
});

test('a clock that is set back does not stop the beat', () => {
  const manual = manualClock(1_000_000);
  let shift = 0;
  const clock: Clock = { now: () => manual.now() + shift, after: manual.after };
  let beats = 0;
  openTicker(clock).add(() => void (beats += 1));
  manual.advance(100);
  shift = -3_600_000;
  manual.advance(1_000);
  assert.ok(beats >= 26, `${beats} beats`);
});
