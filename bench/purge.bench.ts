import { purge, type SweepCtx } from '#safeguards/retention';
import { pause } from '#base';
import type { Custom, CustomValues } from './bench.ts';
import { openInstallation, type Installation } from './installation.ts';
import { liveCalls } from './purge/live.ts';
import { entriesOfCall, madeCalls, plainStatement } from './purge/ground.ts';

/** The budget, of the rows per second of the plain statement. */
const least = 0.2;
/** The statement and the purge change as many rows of each call: itself, its entries, its tool run, one decision. */
const rowsOfCall = 1 + entriesOfCall + 1 + 1;

/**
 * The budgets: the purge ends at least a fifth of the rows per second that one plain SQL statement changes, keys and
 * receipts included; a row costs the same however many there are; calls that go on meanwhile do not notice.
 */
export default {
  say: 'calls whose time is over, ended by their rule and by one plain SQL statement that does the same to the rows',
  options: {
    sizes: { type: 'string', say: 'calls past their time, with commas (10000,100000); 1000000 takes a while' },
    rounds: { type: 'string', say: 'how often each size is measured; the middle one counts (3)' },
    seconds: { type: 'string', say: 'seconds of live calls before and after the purge (10)' },
  },
  short: { sizes: '10000', rounds: '1', seconds: '3' },
  async run(values, tell) {
    const { sizes, rounds, seconds } = optionsIn(values);
    const installation = await openInstallation(16);
    try {
      const figures: Figures[] = [];
      for (const size of sizes) figures.push(await middleOf(installation, { size, rounds }, tell));
      const live = await withLiveCalls(installation, { size: Math.min(Math.max(...sizes), 20_000), seconds }, tell);
      return {
        document: { figures, live },
        text: [...figures.map(lineOf), liveLine(live)].join('\n'),
        isSound: figures.every(({ ratio }) => ratio >= least),
      };
    } finally {
      await installation.close();
    }
  },
} satisfies Custom;

type Figures = {
  readonly calls: number;
  readonly plainRowsPerSecond: number;
  readonly purgeRowsPerSecond: number;
  /** Of the plain statement's. */
  readonly ratio: number;
  readonly purgeUsPerRow: number;
};

type Tell = (line: string) => void;

function sweepCtxOf({ ctx }: Installation): SweepCtx {
  return { ...ctx, log: () => {}, deleteObjects: async () => {} };
}

type Wish = { readonly size: number; readonly rounds: number };

async function middleOf(installation: Installation, { size, rounds }: Wish, tell: Tell): Promise<Figures> {
  const measured: Figures[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await compare(installation, size, tell));
  return measured.toSorted((one, other) => one.ratio - other.ratio)[Math.floor(rounds / 2)]!;
}

async function compare(installation: Installation, size: number, tell: Tell): Promise<Figures> {
  const { bare, ctx } = installation;
  tell(`${size} calls, twice`);
  const [ours, theirs] = [
    await madeCalls(installation, size, { hasKeys: true }),
    await madeCalls(installation, size, { hasKeys: false }),
  ];
  await bare.query('checkpoint');
  const plainMs = await taken(() => plainStatement(bare, theirs.organisation, ctx.clock.now() - 90 * 86_400_000), size);
  tell(`plain statement: ${(plainMs / 1_000).toFixed(1)} s`);
  await bare.query('checkpoint');
  const purgeMs = await taken(
    async () => (await purge(sweepCtxOf(installation), ours.organisation)).ended['calls'],
    size,
  );
  tell(`purge: ${(purgeMs / 1_000).toFixed(1)} s`);
  await bare.query('vacuum app.calls, app.call_entries, app.tool_runs, app.call_decisions');
  const rows = size * rowsOfCall;
  return {
    calls: size,
    plainRowsPerSecond: (rows / plainMs) * 1_000,
    purgeRowsPerSecond: (rows / purgeMs) * 1_000,
    ratio: plainMs / purgeMs,
    purgeUsPerRow: (purgeMs / rows) * 1_000,
  };
}

async function taken(work: () => Promise<number | undefined>, size: number): Promise<number> {
  const began = performance.now();
  const ended = await work();
  if (ended !== size) throw new Error(`${size} calls were past their time, and ${ended} ended`);
  return performance.now() - began;
}

type Live = { readonly withoutMs: number; readonly withMs: number; readonly samples: number };

/** p99 of the transactions of live calls, in milliseconds: without a purge (before and after it) and while one runs. */
async function withLiveCalls(
  installation: Installation,
  { size, seconds }: { readonly size: number; readonly seconds: number },
  tell: Tell,
): Promise<Live> {
  const { ctx } = installation;
  const old = await madeCalls(installation, size, { hasKeys: true });
  const busy = await madeCalls(installation, 1, { hasKeys: false });
  const alone = async () => {
    const calls = liveCalls(ctx, busy);
    await pause(ctx.clock, seconds * 1_000);
    return calls.stop();
  };
  tell('live calls alone');
  const before = await alone();
  tell('live calls, and a purge');
  const calls = liveCalls(ctx, busy);
  const ctxOfBusy = { ...sweepCtxOf(installation), isBusy: async () => true };
  await taken(async () => (await purge(ctxOfBusy, old.organisation)).ended['calls'], size);
  const during = await calls.stop();
  const after = await alone();
  return { withoutMs: p99([...before, ...after]), withMs: p99(during), samples: during.length };
}

function p99(samples: readonly number[]): number {
  const sorted = samples.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

type Options = { readonly sizes: readonly number[]; readonly rounds: number; readonly seconds: number };

function optionsIn(values: CustomValues): Options {
  const sizes = String(values['sizes'] ?? '10000,100000')
    .split(',')
    .map(Number);
  const [rounds, seconds] = [Number(values['rounds'] ?? 3), Number(values['seconds'] ?? 10)];
  const isRight = [...sizes, rounds, seconds].every((one) => Number.isInteger(one) && one > 0);
  if (!isRight) throw new Error('sizes, rounds and seconds are whole numbers');
  return { sizes, rounds, seconds };
}

function lineOf({ calls, plainRowsPerSecond, purgeRowsPerSecond, ratio, purgeUsPerRow }: Figures): string {
  const per = (rows: number) => `${rows.toFixed(0).padStart(8)} rows/s`;
  return `  ${String(calls).padStart(8)} calls: plain ${per(plainRowsPerSecond)}, purge ${per(purgeRowsPerSecond)}, ${(ratio * 100).toFixed(0)} % of it; ${purgeUsPerRow.toFixed(1)} µs a row`;
}

function liveLine({ withoutMs, withMs, samples }: Live): string {
  return `  live calls, p99 of a transaction: ${withoutMs.toFixed(1)} ms without a purge, ${withMs.toFixed(1)} ms with one (${samples} samples)`;
}
