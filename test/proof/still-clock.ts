import { systemClock, type Clock } from '#base';
import { monday } from '../world.ts';

/** Waits below this are for the machine, and pass; the others are for the clock. In milliseconds. */
const shortMs = 500;

/**
 * A clock that stands still until it is told how much time has passed, so that answers can be compared byte for byte. What
 * waits for it does not come due: neither reconcilers nor the product's own proofs run beside what is tried.
 */
export function stillClock(): Clock & { advance(ms: number): void } {
  const time = { now: monday };
  return {
    now: () => time.now,
    after: (waitMs, work) => (waitMs < shortMs ? systemClock.after(waitMs, work) : () => {}),
    advance: (ms) => void (time.now += ms),
  };
}
