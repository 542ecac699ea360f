import type { Cancel, Clock } from '#base';
import { steadyTime } from './steady.ts';

/** Time and beat of all calls of a process: one timer, however many there are. */
export type Ticker = {
  /** Time that never runs backwards and knows no leaps, in milliseconds. */
  now(): number;
  /** Calls `beat` with that time every 40 ms until it is cancelled. It may not throw. */
  add(beat: (now: number) => void): Cancel;
};

/**
 * Two frames: what lies ahead at a carrier lasts for many, and every beat of a call that waits for nothing is paid for.
 */
export const beatMs = 40;
/** The calls beat in turns, an eighth at a time, so that no frame of one waits until all the others were served. */
const turns = 8;
const betweenMs = beatMs / turns;

/**
 * Beats while anyone listens. The schedule is absolute: a beat that comes late moves none after it, and of those that
 * were missed each call gets one.
 */
export function openTicker(clock: Clock): Ticker {
  const groups = Array.from({ length: turns }, () => new Set<(now: number) => void>());
  const steady = steadyTime(clock);
  let turn = 0;
  let dueAt = 0;
  let cancel: Cancel | undefined;

  function wait(now: number): void {
    // The clock may have been set back; a beat is never further away than the next turn.
    if (dueAt - now > betweenMs) dueAt = now + betweenMs;
    cancel = clock.after(Math.max(0, dueAt - now), strike);
  }

  function strike(): void {
    cancel = undefined;
    const missed = Math.max(0, Math.floor((clock.now() - dueAt) / betweenMs));
    for (let left = Math.min(missed + 1, turns); left > 0; left -= 1) {
      turn = (turn + 1) % turns;
      const now = steady();
      for (const beat of groups[turn]!) beat(now);
    }
    // Someone may have come after the last one left, and waits already.
    if (cancel || groups.every(({ size }) => size === 0)) return;
    const now = clock.now();
    dueAt += (missed + 1) * betweenMs;
    if (dueAt <= now) dueAt += Math.ceil((now - dueAt + 1) / betweenMs) * betweenMs;
    wait(now);
  }

  return {
    now: steady,
    add(beat) {
      const group = groups.reduce((smallest, one) => (one.size < smallest.size ? one : smallest));
      // Each one has a function of its own, so that the same one added twice beats twice.
      const own = (now: number) => beat(now);
      const isFirst = groups.every(({ size }) => size === 0);
      group.add(own);
      if (isFirst && !cancel) {
        const now = clock.now();
        dueAt = now + betweenMs;
        wait(now);
      }
      return () => {
        group.delete(own);
        if (groups.some(({ size }) => size > 0)) return;
        cancel?.();
        cancel = undefined;
      };
    },
  };
}
