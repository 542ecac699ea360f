import { createHmac } from 'node:crypto';
import type { Ctx, Id } from '#base';

/** Nothing is published of fewer: the size of the smallest group (k-anonymity). */
export const fewest = { things: 20, organisations: 3 } as const;

/** The largest of an installation's organisations may be behind no more than that much of a figure (dominance rule). */
const mostOfOne = 0.8;

/** Published figures are whole tens. */
export const step = 10;

/** What one organisation adds to a figure, and whether its own figures are public. */
export type Part = { readonly organisation: Id; readonly count: number; readonly isPublic: boolean };

/**
 * Whether a figure of all organisations together may be told: enough things, of enough organisations, none of them nearly
 * all of it; and those whose own figures are not public stay as many when the public ones are taken away from the sum.
 */
export function isTellable(parts: readonly Part[]): boolean {
  const some = parts.filter(({ count }) => count > 0);
  const hidden = some.filter(({ isPublic }) => !isPublic);
  return isGroup(some) && (hidden.length === 0 || isGroup(hidden));
}

function isGroup(parts: readonly Part[]): boolean {
  const total = sumOf(parts);
  const largest = Math.max(...parts.map(({ count }) => count), 0);
  return parts.length >= fewest.organisations && total >= fewest.things && largest <= total * mostOfOne;
}

export function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

/**
 * A count as it is published: a whole ten beside it. Which one is decided by a threshold that is secret and its own for
 * each figure, so that whoever adds calls of their own does not learn how many others there were; and it is the same
 * whenever it is computed, so that asking again and again tells nothing more.
 */
export function rounded({ keys }: Pick<Ctx, 'keys'>, count: number, figure: string): number {
  const secret = createHmac('sha256', keys.derive('public-figures')).update(figure).digest();
  const threshold = (secret.readUInt32BE() / 2 ** 32) * step;
  return Math.floor((count + threshold) / step) * step;
}

/** Half of them were no longer, to a tenth of a second. */
export function medianOf(all: readonly number[]): number {
  const sorted = all.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return Math.max(100, Math.round(median / 100) * 100);
}
