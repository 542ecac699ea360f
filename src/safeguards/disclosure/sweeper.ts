import { iso, sql, type Id, type Reconciler, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { merkleRoot } from '#tlog';
import type { DisclosureCtx } from './receive.ts';
import { reportSubject } from './report-row.ts';

const day = 86_400_000;

/** What was written about a weakness is of use for a year after it was closed, and however that is, not for longer than three. */
export const reportKeptMs = 365 * day;
const reportMostMs = 3 * 365 * day;

const mostAtOnce = 500;

/** Ends what was written: the keys first, which ends every copy, then the values, with a receipt. The times stay. */
export function reportSweeper(ctx: DisclosureCtx): Reconciler {
  return {
    name: 'reports',
    everyMs: 60 * 60_000,
    sweeps: true,
    async run() {
      const due = await ctx.db.tenant(instanceId, (tx) => dueIn(ctx, tx));
      if (due.length === 0) return 0;
      await ctx.keys.destroyAll(due.map(reportSubject));
      return ctx.db.tenant(instanceId, (tx) => end(ctx, tx, due));
    },
  };
}

async function dueIn({ clock }: DisclosureCtx, tx: Tx): Promise<readonly Id[]> {
  const now = clock.now();
  const rows = await tx.rows<{ id: Id }>(sql`
    select id from app.vulnerability_reports
    where organisation_id = ${instanceId} and ended_at is null
      and (closed_at <= ${iso(now - reportKeptMs)} or received_at <= ${iso(now - reportMostMs)})
    order by received_at limit ${mostAtOnce}`);
  return rows.map(({ id }) => id).toSorted();
}

async function end(ctx: DisclosureCtx, tx: Tx, ids: readonly Id[]): Promise<number> {
  await tx.run(sql`
    delete from app.report_replies where organisation_id = ${instanceId} and report_id = any (${[...ids]}::uuid[])`);
  const gone = await tx.rows<{ id: Id }>(sql`
    update app.vulnerability_reports set content = null, contact = null, ended_at = ${iso(ctx.clock.now())}
    where organisation_id = ${instanceId} and id = any (${[...ids]}::uuid[]) and ended_at is null returning id`);
  if (gone.length === 0) return 0;
  const root = merkleRoot(gone.map(({ id }) => Buffer.from(id, 'utf8')).toSorted(Buffer.compare)).toString('hex');
  const details = { rule: 'vulnerability-reports', by: 'age', count: gone.length, root };
  const object = 'rule:vulnerability-reports';
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'content.ended', object, details });
  return gone.length;
}
