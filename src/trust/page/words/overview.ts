import type { Group, Status } from '../../claim.ts';

/** Every word of the first page that is not a claim's own. A language is one file. */
export type OverviewWords = {
  readonly title: string;
  readonly short: string;
  readonly intro: string;
  readonly computed: (at: string) => string;
  readonly summary: string;
  readonly failing: (count: number) => string;
  readonly calm: string;
  readonly partly: (proven: number, silent: number) => string;
  readonly neverExercised: { readonly title: string; readonly none: string; readonly some: string };
  readonly groups: { readonly [G in Group]: string };
  readonly statuses: { readonly [S in Status]: { readonly name: string; readonly means: string } };
  /** What stands before and behind an instant. */
  readonly since: readonly [string, string];
  readonly notBuilt: { readonly title: string; readonly says: string };
  readonly notClaimed: { readonly title: string; readonly rest: (known: number, claimed: number) => string };
  readonly legend: string;
};
