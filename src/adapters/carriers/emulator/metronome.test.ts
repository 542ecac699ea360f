import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, systemClock, type Clock } from '#base';
import { startMetronome } from './metronome.ts';

const start = 1_800_000_000_000;

/** A clock whose timers are always late, as those of a busy machine are. */
function lateClock(byMs: number) {
  const clock = manualClock(start);
  const late: Clock = { now: clock.now, after: (waitMs, work) => clock.after(waitMs + byMs, work) };
  return { clock, late };
}

test('beats come at their own places on the clock, at any speed', () => {
  for (const speed of [1, 3, 7, 12, 40]) {
    const clock = manualClock(start);
    const beats: number[] = [];
    startMetronome({ clock, speed }, 20, () => beats.push(clock.now()));
    clock.advance((1_000 * 20 + 1) / speed);
    assert.equal(beats.length, 1_000, `speed ${speed}`);
    beats.forEach((at, index) => assert.ok(Math.abs(at - start - ((index + 1) * 20) / speed) < 0.25, `${index}`));
  }
});

test('late timers cost no beat and do not add up', () => {
  const { clock, late } = lateClock(3);
  const beats: number[] = [];
  startMetronome({ clock: late, speed: 1 }, 20, () => beats.push(clock.now() - start));
  clock.advance(20_000);
  assert.equal(beats.length, 999);
  assert.equal(beats.at(-1), 999 * 20 + 3);
});

test('after a long pause every missed beat follows at once and in order', () => {
  const { clock, late } = lateClock(1_000);
  const counts: number[] = [];
  startMetronome({ clock: late, speed: 1 }, 20, (count) => counts.push(count));
  clock.advance(1_020);
  assert.deepEqual(
    counts,
    Array.from({ length: 51 }, (_, index) => index + 1),
  );
});

test('a stopped metronome is silent, also when it is stopped by its own beat', () => {
  const { clock, late } = lateClock(1_000);
  let beats = 0;
  const stop = startMetronome({ clock: late, speed: 1 }, 20, () => {
    beats += 1;
    if (beats === 3) stop();
  });
  clock.advance(60_000);
  assert.equal(beats, 3);
});

test('on the real clock, beats keep the pace of the clock', async () => {
  const startedAt = systemClock.now();
  const beats: number[] = [];
  await new Promise<void>((resolve) => {
    const stop = startMetronome({ clock: systemClock, speed: 40 }, 20, (count) => {
      beats.push(systemClock.now() - startedAt);
      if (count < 200) return;
      stop();
      resolve();
    });
    // Timers of the clock do not keep a process alive; the test does.
    const held = setInterval(() => beats.length >= 200 && clearInterval(held), 5);
  });
  beats.forEach((at, index) => assert.ok(at >= ((index + 1) * 20) / 40 - 1.5, `beat ${index} came early, at ${at}`));
});
