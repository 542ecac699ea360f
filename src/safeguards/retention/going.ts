import { iso, sql, type Clock, type Id, type Sql, type Tx } from '#base';
import { goneToBy, keepingOf, type Keeping } from './keeping.ts';
import type { Settable } from './preset.ts';

/** How much a change of the windows would delete at once: what is in its time now and would not be then. */
export type Going = {
  /** By rule. Of calls: those whose words and number would go; the calls themselves stay in the list. */
  readonly [S in Settable]: number;
} & {
  /** When the time of the oldest of them began, in milliseconds since the epoch; null when nothing goes. */
  readonly oldestAt: number | null;
};

/** Counts it, and changes nothing. */
export async function whatWouldGo(
  { clock }: { readonly clock: Clock },
  tx: Tx,
  organisation: Id,
  { windows, afterHandOver = null }: Pick<Keeping, 'windows'> & Partial<Pick<Keeping, 'afterHandOver'>>,
): Promise<Going> {
  const keeping = await keepingOf(tx, organisation);
  const now = clock.now();
  const gone = goneToBy(keeping, now);
  const then = goneToBy({ windows, afterHandOver, goneTo: gone }, now);
  // By their age; and what is younger, because it was handed over: two ranges, so that an index has each.
  const byAge = (rule: Settable, at: Sql) => sql`
    ${at} > ${iso(gone[rule])} and ${at} <= ${iso(then[rule])}
      and (handed_over_at is null or handed_over_at > ${iso(gone.handOver)})`;
  const byHandOver = (rule: Settable, at: Sql) => sql`
    handed_over_at > ${iso(gone.handOver)} and handed_over_at <= ${iso(then.handOver)} and ${at} > ${iso(then[rule])}`;
  const count = async (rule: Settable, from: Sql, at: Sql) =>
    tx.one<Counted>(sql`
      select count(*), min(went.at) as oldest from (
        select ${at} as at ${from} and organisation_id = ${organisation} and ${byAge(rule, at)}
        union all
        select ${at} ${from} and organisation_id = ${organisation} and ${byHandOver(rule, at)}) went`);
  const [calls, recordings, messages, people, leads, appointments] = await Promise.all([
    count('calls', sql`from app.calls where emptied_at is null`, sql`ended_at`),
    count('recordings', sql`from app.recordings where segments > 0`, sql`started_at`),
    count('messages', sql`from app.messages where true`, sql`created_at`),
    count('people', sql`from app.contacts where phone_index is not null`, sql`seen_at`),
    count('leads', sql`from app.leads where true`, sql`created_at`),
    count('appointments', sql`from app.appointments where true`, sql`ends_at`),
  ]);
  const all = [calls, recordings, messages, people, leads, appointments];
  const oldest = all.flatMap((one) => one.oldest?.getTime() ?? []);
  return {
    calls: calls.count,
    recordings: recordings.count,
    messages: messages.count,
    people: people.count,
    leads: leads.count,
    appointments: appointments.count,
    oldestAt: oldest.length === 0 ? null : Math.min(...oldest),
  };
}

type Counted = { readonly count: number; readonly oldest: Date | null };
