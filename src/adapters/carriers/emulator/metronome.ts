import type { Cancel } from '#base';
import type { Pace } from './voice.ts';

/** Part of a beat by which a timer may be early: rounding of times must not cost a beat. */
const slack = 0.01;

/**
 * Calls `beat` with 1, 2, 3 … every so many emulated milliseconds from now. Each beat has its place on the clock: a late
 * timer is followed by all beats that were missed, in order, and moves none of those to come.
 */
export function startMetronome(pace: Pace, everyMs: number, beat: (count: number) => void): Cancel {
  const { clock, speed } = pace;
  const startedAt = clock.now();
  let done = 0;
  let stopped = false;
  let cancel: Cancel = () => {};

  function wait(): void {
    const dueAt = startedAt + ((done + 1) * everyMs) / speed;
    cancel = clock.after(Math.max(0, dueAt - clock.now()), ring);
  }

  function ring(): void {
    const passed = Math.floor(((clock.now() - startedAt) * speed) / everyMs + slack);
    while (done < passed && !stopped) {
      done += 1;
      beat(done);
    }
    if (!stopped) wait();
  }

  wait();
  return () => {
    stopped = true;
    cancel();
  };
}
