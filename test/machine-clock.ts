import { manualClock, type Clock } from '#base';

/** The clock of a machine as a test moves it: time that passes, and what the clock says of it. */
export type MachineClock = Clock & {
  /** Time passes, and what falls due runs. */
  advance(ms: number): void;
  /** Time passes while no process runs: nobody notices. */
  off(ms: number): void;
  /** The clock is so far ahead of the time from now on; 0 puts it right. */
  set(aheadMs: number): void;
  /** What time it is, whatever the clock says. */
  truth(): number;
};

/** A clock that is right until it is set. */
export function machineClock(startMs: number): MachineClock {
  const running = manualClock(startMs);
  const state = { aheadMs: 0, offMs: 0 };
  const truth = () => running.now() + state.offMs;
  return {
    now: () => truth() + state.aheadMs,
    after: running.after,
    steady: running.now,
    advance: running.advance,
    off: (ms) => void (state.offMs += ms),
    set: (aheadMs) => void (state.aheadMs = aheadMs),
    truth,
  };
}
