/** How many answers took how long: one count for each of 64 lengths, each a quarter longer than the one before. */
export type Counts = readonly number[];

export const buckets = 64;
const ratio = 1.25;

/** The length that a time in milliseconds falls into: 0 for a millisecond and less. */
export function bucketOf(ms: number): number {
  if (!(ms > 1)) return 0;
  return Math.min(buckets - 1, Math.ceil(Math.log(ms) / Math.log(ratio) - 1e-9));
}

/** Milliseconds that an answer of that length took at most. */
export function mostMs(bucket: number): number {
  return Math.ceil(ratio ** bucket);
}

export function noCounts(): number[] {
  return Array.from({ length: buckets }, () => 0);
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce<Counts>((total, one) => total.map((count, at) => count + (one[at] ?? 0)), noCounts());
}

export function total(counts: Counts): number {
  return counts.reduce((sofar, one) => sofar + one, 0);
}

/** So many of a hundred answers took at most as long, in milliseconds, up to a quarter more; undefined when there were none. */
export function percentile(counts: Counts, share: number): number | undefined {
  const wanted = Math.ceil((total(counts) * share) / 100);
  if (wanted === 0) return undefined;
  let seen = 0;
  for (const [bucket, count] of counts.entries()) {
    seen += count;
    if (seen >= wanted) return mostMs(bucket);
  }
  return undefined;
}
