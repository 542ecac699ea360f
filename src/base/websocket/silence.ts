import type { Cancel, Clock } from '../clock.ts';

export type SilenceWatch = { heard(): void; stop(): void };

type SilenceOptions = {
  readonly everyMs: number;
  readonly clock: Clock;
  /** Asks for a sign of life. */
  readonly ask: () => unknown;
  /** Nothing came for a whole interval after `ask`. */
  readonly giveUp: () => void;
};

/** Looks once per interval whether anything was heard since the last look. */
export function watchSilence({ everyMs, clock, ask, giveUp }: SilenceOptions): SilenceWatch {
  let isHeard = false;
  let isAsked = false;
  let stop: Cancel = () => {};
  const look = () => {
    if (!isHeard && isAsked) return giveUp();
    isAsked = !isHeard;
    if (isAsked) ask();
    isHeard = false;
    stop = clock.after(everyMs, look);
  };
  stop = clock.after(everyMs, look);
  return {
    heard() {
      isHeard = true;
    },
    stop: () => stop(),
  };
}
