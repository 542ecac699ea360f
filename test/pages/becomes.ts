import assert from 'node:assert/strict';
import { pause, systemClock } from '#base';

/** As long as a visitor waits for anything else. */
const longestMs = 20_000;

/**
 * Reads something of a page until it is as expected, and fails with the difference when it does not come to that. A page
 * is never as far as the test that drives it: what is read once, right after a key or a click, may be what was before.
 */
export async function becomes<T>(read: () => T | Promise<T>, expected: NoInfer<T>, where = ''): Promise<void> {
  const endMs = systemClock.now() + longestMs;
  for (;;) {
    try {
      return assert.deepEqual({ where, is: await read() }, { where, is: expected });
    } catch (error) {
      if (systemClock.now() > endMs) throw error;
    }
    await pause(systemClock, 50);
  }
}
