import { systemClock, type Cancel, type Clock, type Db } from '#base';

/** A clock that runs faster than real, and can be asked to wait for others. */
export type ScaledClock = Clock & {
  /** While the work takes longer than it does on an idle machine, time passes as fast as for real, and no faster. */
  during<T>(work: () => Promise<T>): Promise<T>;
};

/** How late a timer may be, in real milliseconds, before time waits for it: timers are never exact. */
const slackMs = 3;

/** What the work of others takes on an idle machine, in real milliseconds. */
const idleMs = 5;

type Timer = { readonly at: number; readonly work: () => void };

/**
 * A clock that starts where a test wants and runs faster than real by a factor, for product and emulated carrier alike:
 * whatever takes turns on it keeps its proportions, and nobody sleeps for real. A machine that is busy with other things
 * makes it slow and not wrong: time never passes a timer that has not run yet.
 */
export function scaledClock(startMs: number, speed: number): ScaledClock {
  const timers: Timer[] = [];
  const state = { at: startMs, since: performance.now(), waitingFor: 0, disarm: (() => {}) as Cancel };
  const rate = () => (state.waitingFor > 0 ? Math.min(1, speed) : speed);

  /** Time as far as it may have come. */
  function pass(): number {
    const next = timers[0];
    const until = next ? Math.max(state.at, next.at + slackMs * rate()) : Number.POSITIVE_INFINITY;
    const now = performance.now();
    state.at = Math.min(state.at + (now - state.since) * rate(), until);
    state.since = now;
    return state.at;
  }

  function arm(): void {
    state.disarm();
    const next = timers[0];
    if (next) state.disarm = systemClock.after(Math.max(0, (next.at - pass()) / rate()), fire);
  }

  function fire(): void {
    const now = pass();
    while (timers[0] && timers[0].at <= now) timers.shift()!.work();
    arm();
  }

  function waitsFor(more: 1 | -1): void {
    pass();
    const before = rate();
    state.waitingFor += more;
    if (rate() !== before) arm();
  }

  return {
    now: () => Math.floor(pass()),
    after(waitMs, work) {
      const timer = { at: pass() + Math.max(0, waitMs), work };
      const before = timers.findLastIndex(({ at }) => at <= timer.at);
      timers.splice(before + 1, 0, timer);
      if (before < 0) arm();
      return () => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
        if (place === 0) arm();
      };
    },
    async during(work) {
      let isWaitedFor = false;
      const cancel = systemClock.after(idleMs, () => {
        isWaitedFor = true;
        waitsFor(1);
      });
      try {
        return await work();
      } finally {
        cancel();
        if (isWaitedFor) waitsFor(-1);
      }
    },
  };
}

/** A clock of whatever kind, which may be one that waits. */
export type TestClock = Clock & Partial<Pick<ScaledClock, 'during'>>;

/** The database, for whose answers time waits: how fast it is says nothing about a call. */
export function waitedFor({ during }: TestClock, db: Db): Db {
  if (!during) return db;
  return {
    ...db,
    tenant: (organisation, work) => during(() => db.tenant(organisation, work)),
    open: (work) => during(() => db.open(work)),
    find: (query) => during(() => db.find(query)),
  };
}
