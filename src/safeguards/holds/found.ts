import { identifier, sql, type Id, type Sql } from '#base';
import type { HeldKind } from './kinds.ts';

/** Of which holds: a condition on `h`. */
export type OfHolds = { readonly organisation: Id; readonly holds: Sql };

/**
 * What the rows themselves say that holds hold, as `id, at` of one kind, `at` being when its time begins; a row may come
 * more than once. Of a call: the call, its recordings, messages, leads and appointments, and who called. Of a person:
 * every call from that number with all of that, and what else is linked with who that is.
 *
 * Each step is an array that is worked out once, and asked for in an index: no plan of PostgreSQL's is ever worse than a
 * look through a table, whatever it knows of it yet.
 */
export function found(kind: HeldKind, of: OfHolds): Sql {
  return sql`
    select f.id, f.at from (${finders[kind](of)}) f
    where f.id <> all (${goingOf(kind, of)})`;
}

/** What an erasure has taken already and is destroying now comes under no hold any more. */
function goingOf(kind: HeldKind, { organisation }: OfHolds): Sql {
  return sql`array(
    select t.id from app.erasures e
    join app.erasure_targets t on t.organisation_id = e.organisation_id and t.erasure_id = e.id
    where e.organisation_id = ${organisation} and e.state = 'planned' and t.kind = ${kind})`;
}

const finders: { readonly [K in HeldKind]: (of: OfHolds) => Sql } = {
  call: (of) => sql`
    select c.id, coalesce(c.ended_at, c.started_at) as at from app.calls c
    where c.organisation_id = ${of.organisation} and c.id = any (${callsOf(of)})`,
  recording: (of) => sql`
    select x.id, x.started_at as at from app.recordings x
    where x.organisation_id = ${of.organisation} and x.call_id = any (${callsOf(of)})`,
  message: (of) => ofCallOrPerson(of, { table: 'messages', at: 'created_at', indexes: ['callback_index'] }),
  lead: (of) => ofCallOrPerson(of, { table: 'leads', at: 'created_at', indexes: ['phone_index'] }),
  // Whose it is to change, and whom it reaches: an erasure goes by both as well.
  appointment: (of) =>
    ofCallOrPerson(of, { table: 'appointments', at: 'ends_at', indexes: ['phone_index', 'reach_index'] }),
  contact: (of) => sql`
    select x.id, x.seen_at as at from app.contacts x
    where x.organisation_id = ${of.organisation} and x.id = any (${peopleOf(of)})
    union all
    select x.id, x.seen_at from app.contacts x
    where x.organisation_id = ${of.organisation} and x.id = any (array(
      select c.contact_id from app.calls c
      where c.organisation_id = ${of.organisation} and c.contact_id is not null and c.id = any (${callsOf(of)})))`,
};

/** The numbers whose everything is held. */
function numbersOf({ organisation, holds }: OfHolds): Sql {
  return sql`array(
    select h.phone_index from app.holds h
    where h.organisation_id = ${organisation} and h.phone_index is not null and ${holds})`;
}

/**
 * The calls that are held: those that are named, those from the numbers, and those that withheld theirs and in which one
 * of them was left as the one to be reached on.
 */
function callsOf(of: OfHolds): Sql {
  const { organisation, holds } = of;
  return sql`array(
    select h.call_id from app.holds h
    where h.organisation_id = ${organisation} and h.call_id is not null and ${holds}
    union all
    select c.id from app.calls c where c.organisation_id = ${organisation} and c.caller_index = any (${numbersOf(of)})
    union all
    select c.id from app.calls c
    where c.organisation_id = ${organisation} and c.caller_index is null and c.id = any (array(
      select x.call_id from app.messages x
      where x.organisation_id = ${organisation} and x.callback_index = any (${numbersOf(of)})
      union all
      select x.call_id from app.leads x
      where x.organisation_id = ${organisation} and x.phone_index = any (${numbersOf(of)})
      union all
      select x.call_id from app.appointments x
      where x.organisation_id = ${organisation} and x.phone_index = any (${numbersOf(of)})
      union all
      select x.call_id from app.appointments x
      where x.organisation_id = ${organisation} and x.reach_index = any (${numbersOf(of)}))))`;
}

/** Whose everything is held. */
function peopleOf(of: OfHolds): Sql {
  return sql`array(
    select p.id from app.contacts p
    where p.organisation_id = ${of.organisation} and p.phone_index = any (${numbersOf(of)}))`;
}

type Belonging = { readonly table: string; readonly at: string; readonly indexes: readonly string[] };

/** What came of a call, is linked with somebody, or names their number to be reached on. */
function ofCallOrPerson(of: OfHolds, { table, at, indexes }: Belonging): Sql {
  const rows = sql`
    select x.id, x.${identifier(at)} as at from ${identifier('app', table)} x
    where x.organisation_id = ${of.organisation} and`;
  const linked = sql`
    ${rows} x.call_id = any (${callsOf(of)})
    union all
    ${rows} x.contact_id = any (${peopleOf(of)})`;
  return indexes.reduce(
    (all, index) => sql`${all} union all ${rows} x.${identifier(index)} = any (${numbersOf(of)})`,
    linked,
  );
}
