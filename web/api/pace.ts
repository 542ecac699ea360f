/** What has changed: a kind of thing, and which one. */
export type Change = { readonly kind: string; readonly id: string };

/** Looks up again what shows these; tells how many requests that takes. */
type Refresh = (kind: string, ids: ReadonlySet<string>) => number;

export type Pace = {
  put(change: Change): void;
  /** Forgets what waits: everything is looked up again anyway. */
  clear(): void;
};

type Clock = { readonly now: () => number; readonly after: (waitMs: number, work: () => void) => () => void };

export const browserClock: Clock = {
  now: () => performance.now(),
  after: (waitMs, work) => {
    const timer = setTimeout(work, waitMs);
    return () => clearTimeout(timer);
  },
};

/** One kind is looked up again at most so often; a page that has asked a lot within the last minute is more patient. */
const gaps = [
  { above: 60, gapMs: 8_000 },
  { above: 40, gapMs: 4_000 },
  { above: -1, gapMs: 1_500 },
] as const;

/**
 * Turns what changes into requests, few enough: the API answers 100 a minute to one person, in however many tabs. The
 * first change of a kind is looked at at once, those that follow together.
 */
export function openPace(clock: Clock, refresh: Refresh): Pace {
  const waiting = new Map<string, Set<string>>();
  const cancels = new Map<string, () => void>();
  const lastAt = new Map<string, number>();
  let asked: { readonly at: number; readonly count: number }[] = [];

  const gapMs = () => {
    asked = asked.filter(({ at }) => clock.now() - at < 60_000);
    const sum = asked.reduce((so, { count }) => so + count, 0);
    return gaps.find(({ above }) => sum > above)!.gapMs;
  };
  const run = (kind: string) => {
    cancels.delete(kind);
    const ids = waiting.get(kind);
    waiting.delete(kind);
    if (!ids) return;
    lastAt.set(kind, clock.now());
    const count = refresh(kind, ids);
    if (count > 0) asked.push({ at: clock.now(), count });
  };
  return {
    put({ kind, id }) {
      const ids = waiting.get(kind) ?? new Set();
      waiting.set(kind, ids.add(id));
      if (cancels.has(kind)) return;
      const wait = (lastAt.get(kind) ?? -Infinity) + gapMs() - clock.now();
      // At once still means after what arrived with it.
      cancels.set(
        kind,
        clock.after(Math.max(wait, 30), () => run(kind)),
      );
    },
    clear() {
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
      waiting.clear();
    },
  };
}
