import type { Id, Item, KeySubject, Tx } from '#base';
import { record } from '#safeguards/audit';
import { merkleRoot } from '#tlog';
import type { Passing } from './keeping.ts';
import type { Reached, Rows, Rule, Sweep, SweepCtx } from './rule.ts';

/** One way in which rows end: by their age, or a while after they were handed over. */
export type Job = { readonly rule: string; readonly passing: Passing; readonly sweep: Sweep };

/** What the rules sweep, in the order of their names. */
export function jobsOf(rules: readonly Item<Rule>[]): readonly Job[] {
  return rules.flatMap(({ id: rule, item }): Job[] => [
    ...(item.sweep && item.keeps.by === 'setting' ? [{ rule, passing: rule as Passing, sweep: item.sweep }] : []),
    ...(item.afterHandOver ? [{ rule, passing: 'handOver' as const, sweep: item.afterHandOver }] : []),
  ]);
}

export type Batch = {
  readonly organisation: Id;
  readonly until: number;
  readonly reached: Reached;
  readonly limit: number;
};

/**
 * Ends up to `limit` rows whose time is over: see `Sweep` for the order. `picked` tells whether there may be more, `ended`
 * is what the receipt counts.
 */
export async function endBatch(
  ctx: SweepCtx,
  job: Job,
  { organisation, until, reached, limit }: Batch,
): Promise<{ readonly picked: number; readonly ended: number }> {
  const { sweep } = job;
  const now = ctx.clock.now();
  // What was picked a moment ago is picked again by its ids, and else from where the last batch came to.
  const due = (tx: Tx, among?: readonly Id[]) =>
    sweep.due(tx, { organisation, until, now, limit, ...(among ? { among } : { reached }) });
  const first = await ctx.db.tenant(organisation, async (tx) => {
    const rows = { organisation, ids: await due(tx) };
    if (rows.ids.length === 0) return { ids: rows.ids, ended: 0, isSaved: false };
    // What was saved is committed before a key dies: it must not be lost with the transaction.
    const saved = sweep.before ? await sweep.before(ctx, tx, rows) : 0;
    if (saved > 0) {
      await announce(ctx, tx, { organisation, rule: job.rule, count: saved });
      return { ids: rows.ids, ended: 0, isSaved: true };
    }
    return { ids: rows.ids, ended: await destroyAndEnd(ctx, tx, { job, rows }), isSaved: false };
  });
  const picked = first.ids.length;
  if (picked === 0) return { picked, ended: 0 };
  const second = first.isSaved
    ? await ctx.db.tenant(organisation, async (tx) => {
        const rows = { organisation, ids: await due(tx, first.ids) };
        return { ids: rows.ids, ended: await destroyAndEnd(ctx, tx, { job, rows }) };
      })
    : first;
  if (!sweep.elsewhere) return { picked, ended: second.ended };
  const ids = await sweep.elsewhere(ctx, { organisation, ids: second.ids });
  const ended = await ctx.db.tenant(organisation, (tx) => finish(ctx, tx, { job, rows: { organisation, ids } }));
  return { picked, ended };
}

/**
 * The keys, and then the rows, which are held meanwhile: who writes to one of them waits for its lock, and finds that it
 * has ended. What lies elsewhere goes between the two.
 */
async function destroyAndEnd(ctx: SweepCtx, tx: Tx, { job, rows }: Finishing): Promise<number> {
  if (rows.ids.length === 0) return 0;
  await ctx.keys.destroyAll(subjectsOf(job.sweep, rows));
  return job.sweep.elsewhere ? 0 : finish(ctx, tx, { job, rows });
}

type Finishing = { readonly job: Job; readonly rows: Rows };

async function finish(ctx: SweepCtx, tx: Tx, { job, rows }: Finishing): Promise<number> {
  const { organisation, ids } = rows;
  const ended = ids.length === 0 ? [] : await job.sweep.end(ctx, tx, rows);
  if (ended.length > 0) await receipt(ctx, tx, { organisation, ended, job });
  return ended.length;
}

/** The entry of what is committed before anything ends: a change without one would turn a promise. */
async function announce(
  ctx: SweepCtx,
  tx: Tx,
  { organisation, rule, count }: { readonly organisation: Id; readonly rule: string; readonly count: number },
): Promise<void> {
  const object = `rule:${rule}` as const;
  await record(ctx, tx, { organisation, actor: 'system', action: 'content.ending', object, details: { rule, count } });
}

type Receipt = { readonly organisation: Id; readonly ended: readonly Id[]; readonly job: Job };

/** One entry for all of them: how many, and a Merkle root over their ids in their order, by which each can be shown. */
async function receipt(ctx: SweepCtx, tx: Tx, { organisation, ended, job }: Receipt): Promise<void> {
  const root = merkleRoot(ended.toSorted().map((id) => Buffer.from(id, 'utf8'))).toString('hex');
  await record(ctx, tx, {
    organisation,
    actor: 'system',
    action: 'content.ended',
    object: `rule:${job.rule}`,
    details: { rule: job.rule, by: job.passing === 'handOver' ? 'hand-over' : 'age', count: ended.length, root },
  });
}

function subjectsOf({ keys }: Sweep, { organisation, ids }: Rows): KeySubject[] {
  return keys.flatMap((kind) => ids.map((id) => ({ organisation, kind, id })));
}
