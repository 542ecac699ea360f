import { errorWords, pause, sql, type Id, type Tx } from '#base';
import { countHolds } from '#safeguards/holds';
import { sureTime } from '#safeguards/vault';
import { endBatch, jobsOf, type Job } from './end-batch.ts';
import { goneToBy, keepingOf, type Keeping } from './keeping.ts';
import { rules, type SweepCtx } from './rule.ts';

/** Rows that end together: one write of the keystore, one receipt. */
const mostAtOnce = 1_000;
/** While calls go on. */
const fewAtOnce = 100;

/** How many rows ended, by rule; and the rules that failed, each of which kept no other from its end. */
export type Purged = { readonly ended: Readonly<Record<string, number>>; readonly failed: readonly string[] };

/** Ends everything whose time is over at this moment in one organisation. */
export async function purge(ctx: SweepCtx, organisation: Id): Promise<Purged> {
  const { ended, failed } = await purgeOne(ctx, jobsOf(await rules()), { organisation, batches: Infinity });
  return { ended, failed };
}

export async function allOrganisations({ db }: Pick<SweepCtx, 'db'>): Promise<readonly Id[]> {
  const rows = await db.find<{ id: Id }>(sql`select id from sec.organisations() order by id`);
  return rows.map(({ id }) => id);
}

/** `isMore`: it stopped at so many batches of a rule, and there may be more. */
export type PurgedOne = Purged & { readonly isMore: boolean };

type Purging = { readonly organisation: Id; readonly batches: number; readonly overdueMs?: number };

/**
 * Ends what is past its time in one organisation, at most so many batches of each rule. With `overdueMs` only what has
 * been so for that long.
 */
export async function purgeOne(
  ctx: SweepCtx,
  jobs: readonly Job[],
  { organisation, batches, overdueMs = 0 }: Purging,
): Promise<PurgedOne> {
  const keeping = await ctx.db.tenant(organisation, (tx) => keepingOf(tx, organisation));
  // A clock may be set while a run is under way.
  const gone = goneToBy(keeping, (await sureTime(ctx)) - overdueMs);
  const ended: Record<string, number> = {};
  const failed: string[] = [];
  let isMore = false;
  for (const job of jobs) {
    const until = gone[job.passing];
    if (until <= 0) continue;
    try {
      const done = await endAll(ctx, job, { organisation, until, batches });
      if (done.count > 0) ended[job.rule] = (ended[job.rule] ?? 0) + done.count;
      isMore ||= done.isMore;
    } catch (error) {
      ctx.log('reconciler.failed', { name: 'keeping', organisation, ...errorWords(error) });
      failed.push(job.rule);
    }
  }
  return { ended, failed, isMore };
}

type Ending = { readonly organisation: Id; readonly until: number; readonly batches: number };

async function endAll(
  ctx: SweepCtx,
  job: Job,
  { batches, ...batch }: Ending,
): Promise<{ count: number; isMore: boolean }> {
  const reached = { at: undefined };
  let count = 0;
  for (let at = 0; at < batches; at++) {
    const isBusy = (await ctx.isBusy?.()) ?? false;
    const limit = isBusy ? fewAtOnce : mostAtOnce;
    const begun = ctx.clock.now();
    const { picked, ended } = await endBatch(ctx, job, { ...batch, reached, limit });
    count += ended;
    if (picked < limit) return { count, isMore: false };
    if (isBusy) await pause(ctx.clock, 2 * (ctx.clock.now() - begun));
  }
  return { count, isMore: true };
}

/**
 * When (milliseconds) the next row of the organisation is past its time, as far as that can be known now: what is made
 * from now on is kept for the shortest window at least. Undefined where everything lasts as long as the account.
 */
export async function nextDue(
  { clock }: Pick<SweepCtx, 'clock'>,
  tx: Tx,
  jobs: readonly Job[],
  organisation: Id,
): Promise<number | undefined> {
  const keeping = await keepingOf(tx, organisation);
  const now = clock.now();
  const windows = jobs.flatMap(({ passing }) => windowMs(keeping, passing) ?? []);
  const times = await dueTimes(tx, jobs, { organisation, keeping, now });
  const all = [...times, ...windows.map((ms) => now + ms)];
  return all.length === 0 ? undefined : Math.min(...all);
}

type Planning = { readonly organisation: Id; readonly keeping: Keeping; readonly now: number };

/** Of each job the time at which the oldest row that is there is past its time. */
async function dueTimes(
  tx: Tx,
  jobs: readonly Job[],
  { organisation, keeping, now }: Planning,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (const { passing, sweep } of jobs) {
    const ms = windowMs(keeping, passing);
    if (ms === undefined && keeping.goneTo[passing] <= 0) continue;
    const oldest = await sweep.oldest(tx, organisation);
    if (oldest === undefined) continue;
    if (oldest <= keeping.goneTo[passing]) times.push(now);
    else if (ms !== undefined) times.push(oldest + ms);
  }
  return times;
}

function windowMs({ windows, afterHandOver }: Keeping, passing: Job['passing']): number | undefined {
  if (passing === 'handOver') return afterHandOver ?? undefined;
  const window = windows[passing];
  return window === 'account' ? undefined : window.ms;
}

/** What is set, and what comes of it next. */
export type Plan = {
  readonly keeping: Keeping;
  /** When (milliseconds) the next row is past its time; null while nothing is there that has one. */
  readonly nextAt: number | null;
  /** How many holds keep something from its end, those that are only asked for included. */
  readonly holds: number;
};

/** How long an organisation keeps what, when the next of it ends, and how much is held. */
export async function planOf(ctx: Pick<SweepCtx, 'clock'>, tx: Tx, organisation: Id): Promise<Plan> {
  const jobs = jobsOf(await rules());
  const keeping = await keepingOf(tx, organisation);
  const times = await dueTimes(tx, jobs, { organisation, keeping, now: ctx.clock.now() });
  const { asked, inForce } = await countHolds(tx, organisation, ctx.clock.now());
  return { keeping, nextAt: times.length === 0 ? null : Math.min(...times), holds: asked + inForce };
}
