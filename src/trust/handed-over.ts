import { iso, sql, type Sql, type Tx } from '#base';
import type { Fault } from './claim.ts';

/*
 * What the tables tell of calls that were handed over: for the claim that they are forgotten.
 */

const minute = 60_000;
/** What destroys has a minute; recordings wait for a store that is away. */
const graceMs = minute;
const recordingGraceMs = 60 * minute;
/** A setting that was chosen just now may apply to much that is there. */
const settlingMs = 15 * minute;

type Found = { readonly kind: string; readonly id: string };

/** What was handed over longer ago than its business keeps it for that, is under no hold, and is there all the same. */
export async function handedOverAndHere(look: Tx, now: number): Promise<Fault[]> {
  const until = (grace: number) => sql`
    greatest(${iso(now - grace)}::timestamptz - k.after_hand_over_ms * interval '1 millisecond',
      (k.gone_to ->> 'handOver')::timestamptz)`;
  const waiting = (kind: string, table: Sql, isHere: Sql) => sql`
    (select ${kind} as kind, t.id from kept k join ${table} t on t.organisation_id = k.organisation_id
      and t.handed_over_at <= ${kind === 'recording' ? sql`k.recordings` : sql`k.until`} and ${isHere}
      and not exists (
        select from app.held_items h
        where h.organisation_id = t.organisation_id and h.kind = ${kind} and h.item_id = t.id) limit 100)`;
  const isHere = sql`t.forgotten_at is null`;
  const rows = await look.rows<Found>(sql`
    with kept as materialized (
      select newest.organisation_id, ${until(graceMs)} as until, ${until(recordingGraceMs)} as recordings
      from app.organisations o
      cross join lateral (
        select * from app.keepings k where k.organisation_id = o.id order by k.version desc limit 1) newest
      cross join lateral (select newest.after_hand_over_ms, newest.gone_to) k
      where newest.changed_at <= ${iso(now - settlingMs)}
    )
    ${waiting('call', sql`app.calls`, sql`${isHere} and t.emptied_at is null`)}
    union all ${waiting('message', sql`app.messages`, isHere)}
    union all ${waiting('lead', sql`app.leads`, isHere)}
    union all ${waiting('appointment', sql`app.appointments`, isHere)}
    union all ${waiting('recording', sql`app.recordings`, sql`true`)}
    union all ${waiting('contact', sql`app.contacts`, isNobodysElse)}`);
  return rows.map(({ kind, id }) => ({
    what: 'was handed over and is here all the same',
    where: `${kind}:${id}`,
    byAge: true,
  }));
}

const isNobodysElse = sql`not exists (
  select from app.calls x
  where x.organisation_id = t.organisation_id and x.contact_id = t.id and x.handed_over_at is null)`;

/** How many calls of each organisation are looked into: those that began last among the forgotten ones. */
const mostLookedInto = 50;

const forgotten = sql`
  select c.* from app.organisations o
  cross join lateral (
    select * from app.calls c
    where c.organisation_id = o.id and c.forgotten_at is not null
    order by c.forgotten_at desc limit ${mostLookedInto}) c`;

/** How many forgotten calls there are to look into. */
export async function forgottenCalls(look: Tx): Promise<number> {
  const { count } = await look.one<{ count: number }>(sql`select count(*) from (${forgotten}) c`);
  return count;
}

/** Words, names and whole numbers in what says that it was forgotten; digits that are left although the call's time is over. */
export async function somethingLeft(look: Tx): Promise<Fault[]> {
  const rows = await look.rows<Found & { readonly what: string }>(sql`
    with forgotten as materialized (${forgotten}), here as (
      select 'call' as kind, c.id, num_nonnulls(c.conversation, c.caller_number, c.caller_index, c.contact_id, c.summary,
          c.extraction) > 0
        or exists (select from app.call_entries e where e.organisation_id = c.organisation_id and e.call_id = c.id)
        or exists (select from app.tool_runs r where r.organisation_id = c.organisation_id and r.call_id = c.id) as is_left
      from forgotten c
      union all
      select 'message', m.id, num_nonnulls(m.name, m.callback, m.callback_index, m.body, m.contact_id) > 0
      from forgotten c join app.messages m on m.organisation_id = c.organisation_id and m.call_id = c.id
        and m.forgotten_at is not null
      union all
      select 'lead', l.id, num_nonnulls(l.name, l.phone, l.phone_index, l.interest, l.contact_id) > 0
      from forgotten c join app.leads l on l.organisation_id = c.organisation_id and l.call_id = c.id
        and l.forgotten_at is not null
      union all
      select 'appointment', a.id, num_nonnulls(a.name, a.phone, a.reason, a.phone_index, a.contact_id) > 0
      from forgotten c join app.appointments a on a.organisation_id = c.organisation_id and a.call_id = c.id
        and a.forgotten_at is not null
    )
    (select 'was forgotten and still holds something' as what, kind, id from here where is_left limit 100)
    union all
    (select 'its time is over and its last digits are there', 'call', c.id from forgotten c
      where c.emptied_at is not null and c.masked is not null limit 100)`);
  return rows.map(({ what, kind, id }) => ({ what, where: `${kind}:${id}` }));
}

/** Settings of the name `sync-and-purge` that keep longer than the name says. */
export async function looseSettings(look: Tx): Promise<Fault[]> {
  const rows = await look.rows<{ id: string }>(sql`
    select o.id from app.organisations o
    cross join lateral (
      select * from app.keepings k where k.organisation_id = o.id order by k.version desc limit 1) k
    where k.preset = 'sync-and-purge' and (
      k.after_hand_over_ms is null or k.after_hand_over_ms > 300000
      or exists (
        select from jsonb_each(k.windows) w
        where w.value = '"account"' or (w.value ->> 'ms')::bigint > 2592000000))
    limit 100`);
  return rows.map(({ id }) => ({ what: 'keeps longer than its setting is called', where: `organisation:${id}` }));
}
