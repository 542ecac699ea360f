import type { Said } from './rule.ts';

/** Which rules a business sets the time of, by the names of their files. */
export const settable = ['recordings', 'calls', 'messages', 'people', 'leads', 'appointments'] as const;
export type Settable = (typeof settable)[number];

/**
 * How long one type of data is kept: so many milliseconds from when its time begins (whole days for a business, minutes
 * for the canaries), or as long as the account and 30 days. There is no way to say "for ever".
 */
export type Window = { readonly ms: number } | 'account';

export type Windows = { readonly [S in Settable]: Window };

/** One of the usual settings: one file in `presets/` each, its name is its id. */
export type Preset = {
  readonly say: Said;
  readonly windows: Windows;
  /** How long after a confirmed hand-over what was said, names and numbers go (milliseconds); null: no sooner for that. */
  readonly afterHandOver: number | null;
};
