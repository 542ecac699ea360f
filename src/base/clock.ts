/** Cancels what it was returned for; calling it twice is harmless. */
export type Cancel = () => void;

/** Time as a sense: milliseconds since the epoch, UTC, and the only source of timers. */
export type Clock = {
  now(): number;
  /** Runs `work` once after `waitMs`. The timer alone never keeps the process alive. */
  after(waitMs: number, work: () => void): Cancel;
  /** Milliseconds that have passed since some moment, whatever the clock is set to. Where there is none, it is never set. */
  steady?(): number;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  after(waitMs, work) {
    const timer = setTimeout(work, waitMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
  steady: () => performance.now(),
};

/** A clock for tests: it moves only when told, and runs what falls due on the way, in order. */
export function manualClock(startMs: number): Clock & { advance(ms: number): void } {
  let nowMs = startMs;
  let due: { at: number; work: () => void }[] = [];
  return {
    now: () => nowMs,
    after(waitMs, work) {
      const entry = { at: nowMs + waitMs, work };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const until = nowMs + ms;
      for (;;) {
        const next = due.filter((entry) => entry.at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        due = due.filter((entry) => entry !== next);
        nowMs = next.at;
        next.work();
      }
      nowMs = until;
    },
  };
}

/** Resolves after `waitMs` on the given clock, or as soon as `until` is aborted. */
export function pause(clock: Clock, waitMs: number, until?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (until?.aborted) return resolve();
    const done = () => {
      cancel();
      until?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(waitMs, done);
    until?.addEventListener('abort', done);
  });
}

/** A bare timer of `after` does not keep the process alive; this one does, until cancelled. */
export function keepAlive(): Cancel {
  const timer = setInterval(() => {}, 2 ** 30);
  return () => clearInterval(timer);
}

/** Resolves once everything that is already waiting was handled: what many ask for then can be written at once. */
export function turnEnd(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The instant as ISO 8601 in UTC with milliseconds: the one form of time in JSON and audit leaves. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
