import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, systemClock } from '#base';
import { scaledClock } from './scaled-clock.ts';

/** The whole process stands still, as on a machine that is busy with other things. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

test('timers run in the order in which they are due, also when the process stood still, and none that was cancelled', async () => {
  const clock = scaledClock(0, 100);
  const ran: string[] = [];
  const wait = (ms: number, name: string) => clock.after(ms, () => void ran.push(name));
  wait(900, 'third');
  const cancel = wait(500, 'cancelled');
  wait(300, 'first');
  wait(600, 'second');
  wait(900, 'fourth');
  cancel();
  standStill(60);
  await pause(clock, 1_000);
  assert.deepEqual(ran, ['first', 'second', 'third', 'fourth']);
});

test('time waits for a timer that has not run: what takes its turn at once is before one that is due a little later', async () => {
  const clock = scaledClock(0, 100);
  const ran: string[] = [];
  clock.after(1_000, () => void ran.push('patience'));
  standStill(60);
  assert.ok(clock.now() < 2_000);
  // An answer that takes several turns of the event loop, as from another process.
  for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  clock.after(10, () => void ran.push('answer'));
  standStill(60);
  await pause(clock, 2_000);
  assert.deepEqual(ran, ['patience', 'answer']);
});

test('while the database makes one wait, time is no faster than real', async () => {
  const clock = scaledClock(0, 100);
  await clock.during(async () => {
    await pause(systemClock, 20);
    const [before, from] = [performance.now(), clock.now()];
    await pause(systemClock, 20);
    assert.ok(clock.now() - from <= performance.now() - before + 1);
  });
  await clock.during(() => clock.during(() => pause(clock, 10)));
  const started = clock.now();
  await pause(systemClock, 20);
  assert.ok(clock.now() - started >= 1_000, 'and as fast as before afterwards');
});
