import { errorWords, sql, type Id, type Tx } from '#base';
import { endBatch, jobsOf, mostAtOnce, type Job } from './end-batch.ts';
import { goneToBy, keepingOf, type Keeping } from './keeping.ts';
import { rules, type SweepCtx } from './rule.ts';

/** How many rows ended, by rule; and the rules that failed, each of which kept no other from its end. */
export type Purged = { readonly ended: Readonly<Record<string, number>>; readonly failed: readonly string[] };

/** Ends everything whose time is over at this moment, in one organisation or in all of them. */
export async function purge(ctx: SweepCtx, organisation?: Id): Promise<Purged> {
  const jobs = jobsOf(await rules());
  const organisations = organisation === undefined ? await allOrganisations(ctx) : [organisation];
  const ended: Record<string, number> = {};
  const failed = new Set<string>();
  for (const one of organisations) {
    const purged = await purgeOne(ctx, jobs, { organisation: one, batches: Infinity });
    for (const [rule, count] of Object.entries(purged.ended)) ended[rule] = (ended[rule] ?? 0) + count;
    for (const rule of purged.failed) failed.add(rule);
  }
  return { ended, failed: [...failed] };
}

export async function allOrganisations({ db }: Pick<SweepCtx, 'db'>): Promise<readonly Id[]> {
  const rows = await db.find<{ id: Id }>(sql`select id from sec.organisations() order by id`);
  return rows.map(({ id }) => id);
}

/** `isMore`: it stopped at so many batches of a rule, and there may be more. */
export type PurgedOne = Purged & { readonly isMore: boolean };

/** Ends what is past its time in one organisation, at most so many batches of each rule. */
export async function purgeOne(
  ctx: SweepCtx,
  jobs: readonly Job[],
  { organisation, batches }: { readonly organisation: Id; readonly batches: number },
): Promise<PurgedOne> {
  const keeping = await ctx.db.tenant(organisation, (tx) => keepingOf(tx, organisation));
  const gone = goneToBy(keeping, ctx.clock.now());
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
  let count = 0;
  for (let at = 0; at < batches; at++) {
    const { picked, ended } = await endBatch(ctx, job, batch);
    count += ended;
    if (picked < mostAtOnce) return { count, isMore: false };
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
  const times: number[] = [];
  for (const { passing, sweep } of jobs) {
    const ms = windowMs(keeping, passing);
    if (ms === undefined && keeping.goneTo[passing] <= 0) continue;
    if (ms !== undefined) times.push(now + ms);
    const oldest = await sweep.oldest(tx, organisation);
    if (oldest === undefined) continue;
    if (oldest <= keeping.goneTo[passing]) times.push(now);
    else if (ms !== undefined) times.push(oldest + ms);
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

function windowMs({ windows, afterHandOver }: Keeping, passing: Job['passing']): number | undefined {
  if (passing === 'handOver') return afterHandOver ?? undefined;
  const window = windows[passing];
  return window === 'account' ? undefined : window.ms;
}
