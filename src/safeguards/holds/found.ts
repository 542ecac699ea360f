import { sql, type Id, type Sql } from '#base';
import type { HeldKind } from './kinds.ts';

/** Of which holds: a condition on `h`. */
export type OfHolds = { readonly organisation: Id; readonly holds: Sql };

/**
 * What the rows themselves say a hold holds: `hold_id, id, at` of one kind, `at` being when its time begins. Of a call:
 * the call, its recordings, messages, leads and appointments, and who called. Of a person: every call from that number
 * with all of that, and what else is linked with who that is.
 */
export function found(kind: HeldKind, of: OfHolds, columns: Sql = sql`f.hold_id, f.id, f.at`): Sql {
  return sql`select ${columns} from (${finders[kind](of)}) f`;
}

const finders: { readonly [K in HeldKind]: (of: OfHolds) => Sql } = {
  call: (of) => sql`select c.hold_id, c.id, c.at from (${callsOf(of)}) c`,
  recording: (of) => sql`
    select c.hold_id, r.id, r.started_at as at from (${callsOf(of)}) c
    join app.recordings r on r.organisation_id = ${of.organisation} and r.call_id = c.id`,
  message: (of) => ofCallOrPerson(of, sql`app.messages`, { at: sql`x.created_at`, index: sql`x.callback_index` }),
  lead: (of) => ofCallOrPerson(of, sql`app.leads`, { at: sql`x.created_at`, index: sql`x.phone_index` }),
  appointment: (of) => ofCallOrPerson(of, sql`app.appointments`, { at: sql`x.ends_at`, index: sql`x.phone_index` }),
  contact: (of) => sql`
    select p.hold_id, p.id, p.at from (${peopleOf(of)}) p
    union all
    select c.hold_id, x.id, x.seen_at from (${callsOf(of)}) c
    join app.contacts x on x.organisation_id = ${of.organisation} and x.id = c.contact_id`,
};

/**
 * The calls that are held: the one that is named, or all from that number, and those that withheld theirs and in which it
 * was left as the one to be reached on.
 */
function callsOf(of: OfHolds): Sql {
  const { organisation, holds } = of;
  return sql`
    select h.id as hold_id, c.id, c.contact_id, coalesce(c.ended_at, c.started_at) as at from app.holds h
    join app.calls c on c.organisation_id = h.organisation_id and c.id = h.call_id
    where h.organisation_id = ${organisation} and ${holds}
    union all
    select h.id, c.id, c.contact_id, coalesce(c.ended_at, c.started_at) from app.holds h
    join app.calls c on c.organisation_id = h.organisation_id and c.caller_index = h.phone_index
    where h.organisation_id = ${organisation} and ${holds}
    union all
    ${namelessOf(of, sql`app.messages`, sql`x.callback_index`)}
    union all
    ${namelessOf(of, sql`app.leads`, sql`x.phone_index`)}
    union all
    ${namelessOf(of, sql`app.appointments`, sql`x.phone_index`)}`;
}

function namelessOf({ organisation, holds }: OfHolds, table: Sql, index: Sql): Sql {
  return sql`
    select h.id, c.id, c.contact_id, coalesce(c.ended_at, c.started_at) from app.holds h
    join ${table} x on x.organisation_id = h.organisation_id and ${index} = h.phone_index
    join app.calls c on c.organisation_id = h.organisation_id and c.id = x.call_id and c.caller_index is null
    where h.organisation_id = ${organisation} and ${holds}`;
}

/** Whose everything is held. */
function peopleOf({ organisation, holds }: OfHolds): Sql {
  return sql`
    select h.id as hold_id, p.id, p.seen_at as at from app.holds h
    join app.contacts p on p.organisation_id = h.organisation_id and p.phone_index = h.phone_index
    where h.organisation_id = ${organisation} and ${holds}`;
}

/** What came of a call, is linked with somebody, or names their number to be reached on. */
function ofCallOrPerson(of: OfHolds, table: Sql, { at, index }: { readonly at: Sql; readonly index: Sql }): Sql {
  return sql`
    select c.hold_id, x.id, ${at} as at from (${callsOf(of)}) c
    join ${table} x on x.organisation_id = ${of.organisation} and x.call_id = c.id
    union all
    select p.hold_id, x.id, ${at} from (${peopleOf(of)}) p
    join ${table} x on x.organisation_id = ${of.organisation} and x.contact_id = p.id
    union all
    select h.id, x.id, ${at} from app.holds h
    join ${table} x on x.organisation_id = h.organisation_id and ${index} = h.phone_index
    where h.organisation_id = ${of.organisation} and ${of.holds}`;
}
