import type { Cancel, Clock, Random } from '#base';
import { openLane, type Due } from './lane.ts';

/** Something to be done over and over: milliseconds between two times, and how long it took last, where that is known. */
export type Round<T> = { readonly id: string; readonly what: T; readonly every: number; readonly tookMs?: number };

/** Within this time of the start, in milliseconds, everything becomes due for the first time. */
const firstMs = 10_000;

/** What took longer than this, in milliseconds, waits in a lane of its own kind. */
export const slowMs = 1_000;

/** Parts of the time that may be spent: on what is quick and on what is slow, side by side. */
export const shares = { quick: 0.25, slow: 0.1 } as const;

/**
 * Does everything on its own cadence. Each is waiting, due, or being done, and in one place only, so nothing piles up or
 * overlaps with itself. What has been due for longest comes first; what was slow the last time goes one after the other
 * apart from the quick ones and holds none of them up. All of it together takes no more than `shares` of the time. The
 * waits vary a little, between four fifths of the cadence and the whole, so that the work spreads out and nothing grows
 * stale by drift. `work` never rejects.
 */
export function startRounds<T>(
  senses: { readonly clock: Clock; readonly random: Random },
  all: readonly Round<T>[],
  work: (what: T) => Promise<void>,
): { /** Resolves when what is under way has ended. */ stop(): Promise<void> } {
  const { clock, random } = senses;
  const stopped = new AbortController();
  const waiting = new Map<string, Cancel>();
  const took = new Map(all.map(({ id, tookMs = 0 }) => [id, tookMs]));
  const lane = (share: number) => openLane<Round<T>>(clock, { share, work: once, stopped: stopped.signal });
  const lanes = { quick: lane(shares.quick), slow: lane(shares.slow) };

  async function once({ what: round, at }: Due<Round<T>>): Promise<void> {
    const began = clock.now();
    await work(round.what);
    took.set(round.id, clock.now() - began);
    wait(round, at + round.every * (0.8 + 0.2 * fraction(random)));
  }

  function wait(round: Round<T>, at: number): void {
    if (stopped.signal.aborted) return;
    const due = () => lanes[took.get(round.id)! > slowMs ? 'slow' : 'quick'].add({ what: round, at });
    waiting.set(round.id, clock.after(Math.max(0, at - clock.now()), due));
  }

  for (const round of all) wait(round, clock.now() + fraction(random) * firstMs);
  return {
    async stop() {
      stopped.abort();
      for (const cancel of waiting.values()) cancel();
      await Promise.all([lanes.quick.ended(), lanes.slow.ended()]);
    },
  };
}

/** A number between 0 and 1. */
function fraction(random: Random): number {
  return random.bytes(4).readUInt32BE() / 2 ** 32;
}
