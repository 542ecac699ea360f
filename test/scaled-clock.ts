import { systemClock, type Clock } from '#base';

/**
 * A clock that starts where a test wants and runs faster than real by a factor, for product and emulated carrier alike:
 * whatever takes turns on it keeps its proportions, and nobody sleeps for real.
 */
export function scaledClock(startMs: number, speed: number): Clock {
  const began = systemClock.now();
  return {
    now: () => startMs + (systemClock.now() - began) * speed,
    after: (waitMs, work) => systemClock.after(waitMs / speed, work),
  };
}
