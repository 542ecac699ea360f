import type { Clock } from '#base';

/** More than this at once is no time that passed: a clock was set, or the machine slept. Milliseconds. */
const leapMs = 5_000;

/**
 * The clock's time without its leaps, so that a machine whose clock is set ends no calls. To be asked often: what is
 * longer than a leap between two questions is not counted.
 */
export function steadyTime(clock: Pick<Clock, 'now'>): () => number {
  let last = clock.now();
  let time = last;
  return () => {
    const now = clock.now();
    const passed = now - last;
    last = now;
    if (passed > 0 && passed <= leapMs) time += passed;
    return time;
  };
}
