import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, systemClock, watchLoopDelay } from '#base';

test('work that stops the event loop shows as its delay', async () => {
  const watch = watchLoopDelay();
  let seenMs = 0;
  for (let tries = 0; seenMs < 40 && tries < 100; tries += 1) {
    await pause(systemClock, 30);
    const until = systemClock.now() + 60;
    while (systemClock.now() < until);
    await pause(systemClock, 30);
    seenMs = watch.look().p99Ms;
  }
  watch.stop();
  assert.ok(seenMs >= 40, `a stop of 60 ms was seen as ${seenMs} ms`);
});

test('a watch that has seen nothing says that there was no delay', () => {
  const watch = watchLoopDelay();
  assert.deepEqual(watch.look(), { p50Ms: 0, p99Ms: 0 });
  watch.stop();
});
