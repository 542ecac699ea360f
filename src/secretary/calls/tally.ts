import { Temporal } from 'temporal-polyfill';
import { iso, sql, type Id, type Sql, type Tx } from '#base';
import { isOwn } from './own.ts';

/** What calls came to. A figure of ten thousand stands for any more. */
export type Tally = {
  readonly answered: number;
  /** Under way now, whenever they began. */
  readonly live: number;
  readonly outcomes: readonly { readonly outcome: string; readonly calls: number }[];
};

/** Whose calls are counted: all of the organisation, or the own calls of a person. */
type Whose = { readonly of?: Id | undefined };

const mostCounted = 10_000;

/** What the calls since an instant (milliseconds since the epoch) came to, and how many are under way. */
export async function callsSince(tx: Tx, organisation: Id, { since, of }: Whose & { since: number }): Promise<Tally> {
  const rows = await tx.rows<{ outcome: string | null; calls: number }>(sql`
    select outcome, count(*)::int as calls from (
      select outcome from app.calls
      where organisation_id = ${organisation} and started_at >= ${iso(since)} ${own(of)}
      order by started_at desc limit ${mostCounted}) newest
    group by outcome order by calls desc, outcome`);
  const { live } = await tx.one<{ live: number }>(sql`
    select count(*)::int as live from (
      select id from app.calls
      where organisation_id = ${organisation} and state = 'live' ${own(of)} limit ${mostCounted}) live`);
  return {
    answered: rows.reduce((sum, { calls }) => sum + calls, 0),
    live,
    outcomes: rows.flatMap(({ outcome, calls }) => (outcome === null ? [] : [{ outcome, calls }])),
  };
}

/** How many calls began in each of the spans between instants (milliseconds since the epoch), the last one open. */
export async function callsByDay(
  tx: Tx,
  organisation: Id,
  { starts, of }: Whose & { readonly starts: readonly number[] },
): Promise<readonly number[]> {
  const rows = await tx.rows<{ calls: number }>(sql`
    select (select count(*)::int from (
        select 1 from app.calls
        where organisation_id = ${organisation} and started_at >= day.from_at
          and (day.until_at is null or started_at < day.until_at) ${own(of)}
        limit ${mostCounted}) counted) as calls
    from (
      select from_at, lead(from_at) over (order by from_at) as until_at
      from unnest(${starts.map(iso)}::timestamptz[]) as from_at) day
    order by day.from_at`);
  return rows.map(({ calls }) => calls);
}

/** The last `count` days on the wall of a business, today the last of them: the date, and when it began. */
export function dayStarts(
  timeZone: string,
  now: number,
  count: number,
): readonly { readonly day: string; readonly startsAt: number }[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  return Array.from({ length: count }, (_, at) => {
    const day = today.subtract({ days: count - 1 - at });
    return { day: day.toString(), startsAt: day.toZonedDateTime(timeZone).epochMilliseconds };
  });
}

function own(of: Id | undefined): Sql {
  return of === undefined ? sql`` : sql`and ${isOwn(of)}`;
}
