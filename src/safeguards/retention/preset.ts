import { join } from 'node:path';
import { loadCatalogue, type Item } from '#base';
import type { Said } from './rule.ts';

/** Which rules a business sets the time of, by the names of their files. */
export const settable = ['recordings', 'calls', 'messages', 'people', 'leads', 'appointments'] as const;
export type Settable = (typeof settable)[number];

/** What may be kept as long as the account; what was said and recorded may not. */
export const withAccount = ['people', 'leads', 'appointments'] as const satisfies readonly Settable[];

/** So many milliseconds from when its time begins: whole days for a business, minutes for the canaries. */
export type Span = { readonly ms: number };

/** A time, or as long as the account and 30 days. There is no way to say "for ever". */
export type Window = Span | 'account';

export type Windows = { readonly [S in Exclude<Settable, (typeof withAccount)[number]>]: Span } & {
  readonly [S in (typeof withAccount)[number]]: Window;
};

/** One of the usual settings: one file in `presets/` each, its name is its id. */
export type Preset = {
  readonly say: Said;
  readonly windows: Windows;
  /** How long after a confirmed hand-over what was said, names and numbers go (milliseconds); null: no sooner for that. */
  readonly afterHandOver: number | null;
};

export const dayMs = 86_400_000;

/** Whole days, of 24 hours, as a window. */
export function days(count: number): Span {
  return { ms: count * dayMs };
}

/** The usual settings, by name. */
export function presets(): Promise<readonly Item<Preset>[]> {
  return loadCatalogue<Preset>(join(import.meta.dirname, 'presets'));
}
