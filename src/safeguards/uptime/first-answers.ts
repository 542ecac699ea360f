import { iso, sql, type Ctx, type Reconciler } from '#base';
import { instanceId } from '#safeguards/accounts';
import { bucketOf, noCounts } from './histogram.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

/** Counts how long callers of yesterday and today waited for the first word, from the calls themselves. `db`: of the jobs. */
export function firstAnswers(ctx: Pick<Ctx, 'db' | 'clock'>): Reconciler {
  return {
    name: 'first-answers',
    everyMs: hour,
    async run() {
      const today = Math.floor(ctx.clock.now() / day) * day;
      for (const from of [today - day, today]) await count(ctx, from);
      return 0;
    },
  };
}

async function count({ db }: Pick<Ctx, 'db'>, from: number): Promise<void> {
  const rows = await db.find<{ answer_ms: readonly number[] }>(
    sql`select answer_ms from sec.counts_between(${iso(from)}, ${iso(from + day)})`,
  );
  const counts = noCounts();
  for (const ms of rows.flatMap(({ answer_ms: all }) => all)) counts[bucketOf(ms)]! += 1;
  if (counts.every((one) => one === 0)) return;
  await db.tenant(instanceId, (tx) =>
    tx.run(sql`
      insert into app.response_days (organisation_id, day, what, counts)
      values (${instanceId}, ${iso(from).slice(0, 10)}, 'first-answer', ${counts}::integer[])
      on conflict (organisation_id, day, what) do update set counts = excluded.counts`),
  );
}
