import { iso, sql, type Id, type Reconciler } from '#base';
import { instanceId } from '#safeguards/accounts';
import type { ClockName } from './clocks.ts';
import { minute, tellOperator, type DisclosureCtx } from './receive.ts';

const hour = 60 * 60_000;

/** How long before its time is over the security contact is told again: half a day, of a fix two. */
const warnMs: Readonly<Record<ClockName, number>> = {
  acknowledgement: 12 * hour,
  assessment: 12 * hour,
  fix: 48 * hour,
};

type Row = { readonly report_id: Id; readonly what: ClockName; readonly due_at: Date; readonly is_over: boolean };

/** Tells the security contact of each promise that is nearly over, and of each that was not kept; of both once. */
export function reportWatch(ctx: DisclosureCtx): Reconciler {
  return {
    name: 'report-watch',
    everyMs: 5 * 60_000,
    run: () =>
      ctx.db.tenant(instanceId, async (tx) => {
        const now = ctx.clock.now();
        const soon = (what: ClockName) => iso(now + warnMs[what]);
        const rows = await tx.rows<Row>(sql`
          update app.report_clocks set
            warned_at = coalesce(warned_at, ${iso(now)}),
            missed_told_at = case when due_at <= ${iso(now)} then ${iso(now)}::timestamptz end
          where organisation_id = ${instanceId} and done_at is null and (
            warned_at is null and due_at <= case what when 'acknowledgement' then ${soon('acknowledgement')}::timestamptz
              when 'assessment' then ${soon('assessment')}::timestamptz else ${soon('fix')}::timestamptz end
            or missed_told_at is null and due_at <= ${iso(now)})
          returning report_id, what, due_at, missed_told_at is not null as is_over`);
        for (const { report_id: report, what, due_at: due, is_over: isOver } of rows) {
          const kind = isOver ? 'report-missed' : 'report-due';
          await tellOperator(ctx, tx, { kind, report, what, until: minute(due.getTime()) });
        }
        return rows.length;
      }),
  };
}
