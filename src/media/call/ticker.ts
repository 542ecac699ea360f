import type { Cancel, Clock } from '#base';
import { frameMs } from './audio.ts';

/** The beat of all calls of a process: one timer, however many there are. */
export type Ticker = {
  /** Calls `beat` every 20 ms until it is cancelled. It may not throw. */
  add(beat: () => void): Cancel;
};

/**
 * Beats while anyone listens. The schedule is absolute: a beat that comes late moves none after it, and those that were
 * missed altogether are left out.
 */
export function openTicker(clock: Clock): Ticker {
  const beats = new Set<() => void>();
  let dueAt = 0;
  let cancel: Cancel | undefined;

  function wait(now: number): void {
    // The clock may have been set back; a beat is never further away than one beat.
    if (dueAt - now > frameMs) dueAt = now + frameMs;
    cancel = clock.after(Math.max(0, dueAt - now), strike);
  }

  function strike(): void {
    cancel = undefined;
    for (const beat of beats) beat();
    // Someone may have come after the last one left, and waits already.
    if (beats.size === 0 || cancel) return;
    const now = clock.now();
    dueAt += frameMs;
    if (dueAt <= now) dueAt += Math.ceil((now - dueAt + 1) / frameMs) * frameMs;
    wait(now);
  }

  return {
    add(beat) {
      // Each one has a function of its own, so that the same one added twice beats twice.
      const own = () => beat();
      beats.add(own);
      if (beats.size === 1 && !cancel) {
        const now = clock.now();
        dueAt = now + frameMs;
        wait(now);
      }
      return () => {
        beats.delete(own);
        if (beats.size > 0) return;
        cancel?.();
        cancel = undefined;
      };
    },
  };
}
