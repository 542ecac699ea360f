/** Many measured values, in as few bytes as they need. */
export type Samples = { add(value: number): void; clear(): void; values(): Float64Array };

export function openSamples(): Samples {
  let held = new Float64Array(4096);
  let count = 0;
  return {
    add(value) {
      if (count === held.length) {
        const larger = new Float64Array(count * 2);
        larger.set(held);
        held = larger;
      }
      held[count++] = value;
    },
    clear() {
      count = 0;
    },
    values: () => held.slice(0, count),
  };
}

/** Half, 95 and 99 of a hundred values are at or below these. NaN of nothing. */
export type Spread = { readonly p50: number; readonly p95: number; readonly p99: number };

export function spreadOf(values: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** The value in the middle; of an even number of them the lower one. NaN of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
