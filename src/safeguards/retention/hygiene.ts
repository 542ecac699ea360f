import { errorWords, iso, newId, sql, type Id, type Reconciler } from '#base';
import { instanceId } from '#safeguards/accounts';
import { jobsOf, type Job } from './end-batch.ts';
import { assertKeySchedule } from './assert-key-schedule.ts';
import { allOrganisations, purgeOne } from './purge.ts';
import { renewKeys } from './renew-keys.ts';
import { rules, type SweepCtx } from './rule.ts';

/** What one hourly run looked at and found. `at` in milliseconds since the epoch. */
export type HygieneRun = {
  readonly at: number;
  readonly tookMs: number;
  readonly organisations: number;
  /** What was past its time for a minute and more and still there, by rule: nothing, where the purger does its work. */
  readonly found: Counts;
  /** What the other sweepers ended, by their names. */
  readonly swept: Counts;
  /** Rules and sweepers that failed. */
  readonly failed: readonly string[];
};

type Counts = Readonly<Record<string, number>>;

const hourMs = 60 * 60_000;
/** The purger has as long before what it has left counts as found. */
const graceMs = 60_000;
/** After a change of the windows it has longer: much may have passed its time at once. */
const afterChangeMs = 15 * 60_000;
/** Runs are kept as long. */
const runsKeptMs = 90 * 24 * hourMs;

/** The second net: every hour, and at the start, over every organisation, whatever the purger believes. */
export function hygiene(ctx: SweepCtx, sweepers: readonly Reconciler[]): Reconciler {
  return {
    name: 'hygiene',
    everyMs: hourMs,
    byAge: true,
    async run() {
      await cleanUp(ctx, sweepers);
      // It does not begin anew at once, whatever it found.
      return 0;
    },
  };
}

/**
 * Ends everything whose time is over, in every organisation; tells the keystore again what is set; has every other sweeper
 * run; and writes down what it found. One that fails keeps no other from its end.
 */
export async function cleanUp(ctx: SweepCtx, sweepers: readonly Reconciler[]): Promise<HygieneRun> {
  const at = ctx.clock.now();
  const steady = () => ctx.clock.steady?.() ?? ctx.clock.now();
  const begun = steady();
  const jobs = jobsOf(await rules());
  const tally = { found: new Map<string, number>(), swept: new Map<string, number>(), failed: new Set<string>() };
  const organisations = await allOrganisations(ctx);
  for (const organisation of organisations) {
    await attempt(ctx, tally, 'keys', () => cleanUpOne(ctx, { jobs, tally, organisation }));
  }
  for (const { name, run } of sweepers) {
    // A clock may be set while a run is under way.
    if (await ctx.keys.time.doubt()) break;
    await attempt(ctx, tally, name, async () => add(tally.swept, name, await run()));
  }
  const run: HygieneRun = {
    at,
    tookMs: Math.round(steady() - begun),
    organisations: organisations.length,
    found: Object.fromEntries(tally.found),
    swept: Object.fromEntries(tally.swept),
    failed: [...tally.failed],
  };
  await writeDown(ctx, run);
  return run;
}

type Tally = {
  readonly found: Map<string, number>;
  readonly swept: Map<string, number>;
  readonly failed: Set<string>;
};

type One = { readonly jobs: readonly Job[]; readonly tally: Tally; readonly organisation: Id };

async function cleanUpOne(ctx: SweepCtx, { jobs, tally, organisation }: One): Promise<void> {
  await renewKeys(ctx, organisation);
  const { changedAt } = await assertKeySchedule(ctx, organisation);
  const isSettled = changedAt === null || changedAt <= ctx.clock.now() - afterChangeMs;
  const { ended, failed } = await purgeOne(ctx, jobs, { organisation, batches: Infinity, overdueMs: graceMs });
  for (const rule of failed) tally.failed.add(rule);
  if (isSettled) for (const [rule, count] of Object.entries(ended)) add(tally.found, rule, count);
}

function add(counts: Map<string, number>, name: string, count: number): void {
  if (count > 0) counts.set(name, (counts.get(name) ?? 0) + count);
}

async function attempt(ctx: SweepCtx, tally: Tally, name: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'hygiene', sweeper: name, ...errorWords(error) });
    tally.failed.add(name);
  }
}

async function writeDown(
  ctx: SweepCtx,
  { at, tookMs, organisations, found, swept, failed }: HygieneRun,
): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    await tx.run(sql`
      insert into app.hygiene_runs (organisation_id, id, at, took_ms, organisations, found, swept, failed)
      values (${instanceId}, ${newId(ctx)}, ${iso(at)}, ${tookMs}, ${organisations}, ${JSON.stringify(found)},
        ${JSON.stringify(swept)}, ${JSON.stringify(failed)})`);
    await tx.run(sql`
      delete from app.hygiene_runs where organisation_id = ${instanceId} and at < ${iso(at - runsKeptMs)}`);
  });
}

/** The latest runs, the newest first. */
export async function hygieneRuns({ db }: Pick<SweepCtx, 'db'>, limit: number): Promise<readonly HygieneRun[]> {
  const rows = await db.tenant(instanceId, (tx) =>
    tx.rows<Omit<HygieneRun, 'at'> & { readonly at: Date }>(sql`
      select at, took_ms as "tookMs", organisations, found, swept, failed from app.hygiene_runs
      where organisation_id = ${instanceId} order by at desc limit ${limit}`),
  );
  return rows.map(({ at, ...run }) => ({ at: at.getTime(), ...run }));
}
