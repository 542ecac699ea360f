import { iso, sql, type Clock, type Id, type Tx } from '#base';
import { goneToBy, keepingOf, type Days } from './keeping.ts';

/** How much a change of the days would delete at once: what is in its time now and would not be then. */
export type Going = {
  /** Calls whose words, number and name would go; the calls themselves stay in the list. */
  readonly calls: number;
  readonly recordings: number;
  readonly messages: number;
  /** When the oldest of them was made, in milliseconds since the epoch; null when nothing goes. */
  readonly oldestAt: number | null;
};

/** Counts it, and changes nothing. */
export async function whatWouldGo(
  { clock }: { readonly clock: Clock },
  tx: Tx,
  organisation: Id,
  days: Days,
): Promise<Going> {
  const keeping = await keepingOf(tx, organisation);
  const now = clock.now();
  const gone = goneToBy(keeping, now);
  const then = goneToBy({ days, goneTo: gone }, now);
  const one = await tx.one<Counted>(sql`
    select c.count as calls, r.count as recordings, m.count as messages, least(c.oldest, r.oldest, m.oldest) as oldest
    from (
      select count(*), min(ended_at) as oldest from app.calls
      where organisation_id = ${organisation} and emptied_at is null
        and ended_at > ${iso(gone.calls)} and ended_at <= ${iso(then.calls)}) c,
    (
      select count(distinct call_id), min(started_at) as oldest from app.recordings
      where organisation_id = ${organisation} and segments > 0
        and started_at > ${iso(gone.recordings)} and started_at <= ${iso(then.recordings)}) r,
    (
      select count(*), min(created_at) as oldest from app.messages
      where organisation_id = ${organisation}
        and created_at > ${iso(gone.messages)} and created_at <= ${iso(then.messages)}) m`);
  const { calls, recordings, messages, oldest } = one;
  return { calls, recordings, messages, oldestAt: oldest?.getTime() ?? null };
}

type Counted = {
  readonly calls: number;
  readonly recordings: number;
  readonly messages: number;
  readonly oldest: Date | null;
};
