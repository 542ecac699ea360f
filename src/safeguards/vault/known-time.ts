import type { Clock, ClockDoubt, KnownTime } from '#base';
import type { Store } from './store.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** A clock that is off by more than this is not believed at once. */
export const mostOffMs = dayMs;
/** For how long it is not. Whoever has set it wrongly, and whatever sets clocks after a start, has so much time. */
export const doubtMs = 15 * 60_000;
/**
 * Off by more than this it is not believed by itself at all. So long is the longest holiday of a small firm; and somebody
 * who mistook the month is off by more.
 */
export const farOffMs = 21 * dayMs;

/** `believe`: the clock is right, somebody says. */
export type TimeKeeper = KnownTime & { believe(): void };

type Doubting = { readonly aheadMs: number; readonly since: number };

/**
 * What is known of the time: the keystore remembers the last time that was believed, written every hour.
 * From there it runs on by a clock that nobody sets while this process runs; how long none ran cannot be known. So a clock
 * that is off is doubted alike when it is set while Sotto runs and when it was wrong before it started.
 */
export function knownTime({ store, clock }: { readonly store: Store; readonly clock: Clock }): TimeKeeper {
  // A clock without another beside it is never set.
  const steady = () => clock.steady?.() ?? clock.now();
  const stored = store.knownTime();
  const known = { stored, at: stored ?? clock.now(), seenAt: steady() };
  const state: { doubting?: Doubting | undefined } = {};
  const expected = () => known.at + steady() - known.seenAt;
  const knowFrom = (at: number | undefined) => {
    Object.assign(known, { stored: at, at: at ?? clock.now(), seenAt: steady() });
    state.doubting = undefined;
  };
  const believe = () => {
    const now = clock.now();
    store.write(() => store.setKnownTime(now));
    knowFrom(now);
  };
  const doubt = async (): Promise<ClockDoubt | undefined> => {
    await store.contentKeys.idle();
    const now = store.knownTime();
    // Another process, or somebody by its command, believed the clock since.
    if (now !== known.stored) knowFrom(now);
    const aheadMs = clock.now() - expected();
    const told = store.contradicted();
    if (Math.abs(aheadMs) <= mostOffMs) {
      state.doubting = undefined;
      if (told !== undefined || known.stored === undefined || Math.abs(clock.now() - known.stored) >= hourMs) believe();
      return undefined;
    }
    const before = state.doubting;
    // Set once more, it is another clock.
    const isOther = before === undefined || Math.abs(aheadMs - before.aheadMs) > mostOffMs;
    const doubting = isOther ? { aheadMs, since: steady() } : before;
    state.doubting = doubting;
    const isFar = isTooFar(aheadMs, told);
    const leftMs = doubtMs - (steady() - doubting.since);
    if (isFar || leftMs > 0) {
      return { expectedAt: expected(), aheadMs, until: isFar ? undefined : clock.now() + leftMs };
    }
    believe();
    return undefined;
  };
  return {
    clock: {
      ...clock,
      now: () => (expected() - clock.now() > farOffMs ? expected() : clock.now()),
    },
    doubt,
    believe,
    async hear(atMs) {
      const doubted = state.doubting && (await doubt());
      if (!doubted) return;
      if (Math.abs(clock.now() - atMs) <= mostOffMs) believe();
      else if (doubted.until !== undefined) store.write(() => store.setContradicted(doubted.aheadMs));
    },
  };
}

/** Off by too much to be believed by waiting; or contradicted when it was off by `toldMs`, and no nearer since. */
function isTooFar(aheadMs: number, toldMs: number | undefined): boolean {
  const offMs = Math.abs(aheadMs);
  return offMs > farOffMs || (toldMs !== undefined && offMs > Math.abs(toldMs) - mostOffMs);
}
