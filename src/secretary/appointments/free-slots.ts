import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import { openSpans, type Opening, type Span } from './opening-hours.ts';

/** What is looked for. Times are milliseconds since the epoch; a slot begins at or after `from` and before `until`. */
export type SlotSearch = Opening & {
  readonly organisation: Id;
  readonly agentId: Id;
  readonly visitMinutes: number;
  readonly from: number;
  readonly until: number;
  readonly limit: number;
};

/**
 * Starts of free appointments, earliest first, at most `limit`. They lie within opening hours, ahead of now, on a grid
 * that begins at each opening and steps by the length of a visit. Looks at most 62 days ahead of `from`.
 */
export async function freeSlots(ctx: Pick<Ctx, 'clock'>, tx: Tx, search: SlotSearch): Promise<number[]> {
  const from = Math.max(search.from, ctx.clock.now());
  const until = Math.min(search.until, from + longestSearchMs);
  if (until <= from) return [];
  const lengthMs = search.visitMinutes * 60_000;
  const taken = await takenSpans(tx, search, { startsAt: from, endsAt: until + lengthMs });
  const free: number[] = [];
  for (const slot of grid(search, { startsAt: from, endsAt: until }, lengthMs)) {
    if (free.length >= search.limit) break;
    while (taken[0] && taken[0].endsAt <= slot.startsAt) taken.shift();
    if (!taken[0] || taken[0].startsAt >= slot.endsAt) free.push(slot.startsAt);
  }
  return free;
}

const longestSearchMs = 62 * 86_400_000;

function* grid(opening: Opening, window: Span, lengthMs: number): Generator<Span> {
  for (const open of openSpans(opening, window.startsAt, window.endsAt)) {
    const skipped = Math.max(0, Math.ceil((window.startsAt - open.startsAt) / lengthMs));
    for (let at = open.startsAt + skipped * lengthMs; at + lengthMs <= open.endsAt; at += lengthMs) {
      if (at >= window.endsAt) return;
      yield { startsAt: at, endsAt: at + lengthMs };
    }
  }
}

/** Booked times that touch the window, in order; they never overlap, so they are in order of their ends as well. */
async function takenSpans(tx: Tx, search: SlotSearch, window: Span): Promise<Span[]> {
  const rows = await tx.rows<{ starts_at: Date; ends_at: Date }>(sql`
    select starts_at, ends_at from app.appointments
    where organisation_id = ${search.organisation} and agent_id = ${search.agentId} and status = 'booked'
      and tstzrange(starts_at, ends_at) && tstzrange(${iso(window.startsAt)}, ${iso(window.endsAt)})
    order by starts_at`);
  return rows.map((row) => ({ startsAt: row.starts_at.getTime(), endsAt: row.ends_at.getTime() }));
}
