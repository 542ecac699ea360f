import type { Answered } from '#edge';
import { bucketOf, noCounts } from './histogram.ts';

/** What is measured: a visit and a webhook of our own from outside, and what others asked of us. */
export const measured = ['visit', 'webhook-visit', 'api', 'webhook', 'first-answer'] as const;
export type Measured = (typeof measured)[number];

export type Tally = { readonly what: Measured; readonly counts: readonly number[]; readonly failed: number };

/** Counts in memory until they are taken, once a minute. */
export type Collector = {
  /** For the server: how long each answer took. */
  readonly answered: (answered: Answered) => void;
  add(what: Measured, ms: number, isGood: boolean): void;
  /** What came since it was taken last. */
  take(): readonly Tally[];
};

/** Counts how long answers take, by what was asked, and nothing of who asked. */
export function openCollector(): Collector {
  const tallies = new Map<Measured, { counts: number[]; failed: number }>();
  const add: Collector['add'] = (what, ms, isGood) => {
    const tally = tallies.get(what) ?? { counts: noCounts(), failed: 0 };
    tallies.set(what, tally);
    if (isGood) tally.counts[bucketOf(ms)]! += 1;
    else tally.failed += 1;
  };
  return {
    add,
    answered({ path, status, ms }) {
      const what = path.startsWith('/api/') ? 'api' : path.startsWith('/carriers/') ? 'webhook' : undefined;
      if (what) add(what, ms, status < 500);
    },
    take() {
      const taken = [...tallies].map(([what, tally]) => ({ what, ...tally }));
      tallies.clear();
      return taken;
    },
  };
}
