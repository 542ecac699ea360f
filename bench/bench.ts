/** One benchmark: ways of doing the same work, the first of which is the yardstick. One file of `bench/` each. */
export type Bench = {
  /** What is compared, in one line. */
  readonly say: string;
  /** Operations that run at the same time. */
  readonly atOnce: number;
  /** Measured operations of each variant. */
  readonly operations: number;
  open(): Promise<Bed>;
};

/** What a benchmark works on while it runs. */
export type Bed = {
  /** Each runs one operation. */
  readonly variants: Readonly<Record<string, () => Promise<unknown>>>;
  close(): Promise<void>;
};

/** A benchmark of another shape: it measures by itself, and takes options of its own. */
export type Custom = {
  readonly say: string;
  readonly options: CustomOptions;
  /** Used instead of the defaults when all benchmarks run one after the other. */
  readonly short: CustomValues;
  /** Writes what it is doing with `tell`, a line each. Throws on options that make no sense. */
  run(values: CustomValues, tell: (line: string) => void): Promise<CustomResult>;
};

export type CustomOptions = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly say: string }>>;
export type CustomValues = Readonly<Record<string, string | boolean | undefined>>;

export type CustomResult = {
  /** For --json. */
  readonly document: object;
  readonly text: string;
  /** False when something was found that must not be, whatever the figures. */
  readonly isSound: boolean;
};

export type Figures = {
  readonly variant: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly perSecond: number;
  /** What its p50 is above the yardstick's. */
  readonly addsMs: number;
  /** p50 against the yardstick of the same run; compare these across machines, never the times. */
  readonly ratio: number;
};

/**
 * Measures all variants in turns, block by block and in alternating order, so that whatever else the machine does
 * falls on all of them. A tenth of the operations warms up first and is not counted.
 */
export async function measure(
  bench: Pick<Bench, 'atOnce' | 'operations'>,
  variants: Bed['variants'],
  now: () => number = () => performance.now(),
): Promise<readonly Figures[]> {
  const rounds = 20;
  const perBlock = Math.max(1, Math.ceil(bench.operations / rounds));
  const runs = Object.entries(variants).map(([name, work]) => ({ name, work, samples: [] as number[], tookMs: 0 }));
  const block = (run: (typeof runs)[number]) => runBlock(run.work, { count: perBlock, atOnce: bench.atOnce }, now);
  for (let round = -rounds / 10; round < rounds; round += 1) {
    for (const run of round % 2 === 0 ? runs : runs.toReversed()) {
      const { samples, tookMs } = await block(run);
      if (round < 0) continue;
      run.samples.push(...samples);
      run.tookMs += tookMs;
    }
  }
  const yardstick = percentile(runs[0]?.samples ?? [], 0.5);
  return runs.map(({ name, samples, tookMs }) => ({
    variant: name,
    p50Ms: percentile(samples, 0.5),
    p95Ms: percentile(samples, 0.95),
    perSecond: (samples.length / tookMs) * 1000,
    addsMs: percentile(samples, 0.5) - yardstick,
    ratio: percentile(samples, 0.5) / yardstick,
  }));
}

async function runBlock(
  work: () => Promise<unknown>,
  { count, atOnce }: { count: number; atOnce: number },
  now: () => number,
): Promise<{ samples: number[]; tookMs: number }> {
  const samples: number[] = [];
  const startedMs = now();
  let begun = 0;
  const worker = async () => {
    while (begun < count) {
      begun += 1;
      const before = now();
      await work();
      samples.push(now() - before);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return { samples, tookMs: now() - startedMs };
}

function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
