import { iso, sql, type Ctx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { clockNames, type ClockName } from './clocks.ts';

const day = 86_400_000;

/** Over how long it is counted. */
const standingDays = 365;
/** Of fewer reports nothing is told: a figure of two is a figure of one for whoever sent the other. */
const fewest = 5;

/** How one promise was kept in the last year; null when there were too few reports to tell. Median in milliseconds. */
export type Kept = { readonly kept: number; readonly missed: number; readonly medianMs: number | null };

export type Standing = Readonly<Record<ClockName, Kept | null>>;

type Row = { readonly what: ClockName; readonly kept: number; readonly missed: number; readonly median: number | null };

/** What of our promises to reporters was kept, over a year, in numbers; below five reports nothing but that it is too few. */
export async function reportStanding({ db, clock }: Pick<Ctx, 'db' | 'clock'>): Promise<Standing> {
  const now = clock.now();
  const rows = await db.tenant(instanceId, (tx) =>
    tx.rows<Row>(sql`
      select what,
        (count(*) filter (where done_at <= due_at))::int as kept,
        (count(*) filter (where coalesce(done_at, ${iso(now)}) > due_at))::int as missed,
        percentile_cont(0.5) within group (order by extract(epoch from done_at - from_at) * 1000)
          filter (where done_at is not null) as median
      from app.report_clocks
      where organisation_id = ${instanceId} and from_at > ${iso(now - standingDays * day)}
      group by what`),
  );
  const one = (what: ClockName): Kept | null => {
    const row = rows.find((found) => found.what === what);
    if (!row || row.kept + row.missed < fewest) return null;
    return { kept: row.kept, missed: row.missed, medianMs: row.median === null ? null : coarse(row.median) };
  };
  return Object.fromEntries(clockNames.map((what) => [what, one(what)])) as Record<ClockName, Kept | null>;
}

const hour = 60 * 60_000;

/** To whole hours, at least one: the minute of somebody's mail is nobody's business. */
function coarse(ms: number): number {
  return Math.max(1, Math.round(ms / hour)) * hour;
}
