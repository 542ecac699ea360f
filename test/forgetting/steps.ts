import fc from 'fast-check';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** One thing that happens. `dies`: how much the process gets done of it, and of what follows from it, before it is killed. */
export type Step = { readonly dies: number | null } & (
  | { readonly do: 'ring'; readonly who: 0 | 1; readonly phone: number; readonly isRecorded: boolean }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'keep'; readonly who: 0 | 1; readonly preset: string }
  | { readonly do: 'hand-over'; readonly which: number; readonly isTaken: boolean }
  | {
      readonly do: 'hold';
      readonly which: number;
      readonly by: 'call' | 'person';
      readonly isApproved: boolean;
      readonly ms: number;
    }
  | {
      /** It is off, starts under a clock that is wrong, and after a while somebody notices. */
      readonly do: 'wrong-clock';
      readonly offMs: number;
      readonly wrong: { readonly aheadMs: number; readonly lastsMs: number };
      readonly who: 0 | 1;
      readonly phone: number;
    }
  | { readonly do: 'lift'; readonly which: number }
  | { readonly do: 'erase'; readonly which: number; readonly by: 'call' | 'person' }
);

const who = fc.constantFrom(0 as const, 1 as const);
const which = fc.nat(7);
const by = fc.constantFrom('call' as const, 'person' as const);
const dies = fc.option(fc.nat(60), { freq: 2, nil: null });
/** A few days ahead it is noticed before it is believed; further off, and back, whenever. */
const wrongs = [
  { aheadMs: 10 * day, lastsMs: 10 * minute },
  { aheadMs: 40 * day, lastsMs: 2 * hour },
  { aheadMs: 365 * day, lastsMs: 3 * day },
  { aheadMs: -6 * 365 * day, lastsMs: 2 * hour },
];
const waits = [4 * minute, 6 * minute, hour, day / 2, day, 3 * day, 8 * day, 31 * day, 91 * day];

/** What can happen, the usual more often than the rare. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('ring' as const), who, phone: fc.nat(1), isRecorded: fc.boolean(), dies }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(...waits), dies }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('keep' as const),
      who,
      preset: fc.constantFrom('standard', 'sync-and-purge', 'account-life', 'minimal', 'short'),
      dies,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hand-over' as const), which, isTaken: fc.boolean(), dies }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      which,
      by,
      isApproved: fc.boolean(),
      ms: fc.constantFrom(day, 20 * day, 365 * day),
      dies,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wrong-clock' as const),
      offMs: fc.constantFrom(minute, 3 * day, 31 * day),
      wrong: fc.constantFrom(...wrongs),
      who,
      phone: fc.nat(1),
      dies,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lift' as const), which, dies }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('erase' as const), which, by, dies }) },
);
