import { iso, sql, type Sql } from '#base';

const day = 24 * 60 * 60_000;

/** Where nobody has decided; leads and appointments are kept as long as the account then. */
const unset = { recordings: 90, calls: 90, messages: 90, people: 90, leads: null, appointments: null } as const;

export type SetRule = keyof typeof unset;

/**
 * For the `from` of a look: of every organisation (`organisation_id`) and rule, the instant up to which everything was past
 * its time at `at` (milliseconds), as a column of the rule's name; null or long ago where there is none.
 */
export function pastTheirTime(at: number): Sql {
  const until = (rule: SetRule) => {
    const days = unset[rule];
    const otherwise = days === null ? sql`null::bigint` : sql`${days * day}::bigint`;
    return sql`
      greatest(${iso(at)}::timestamptz - interval '1 millisecond' * (
          case when k.windows is null then ${otherwise} else (k.windows -> ${rule} ->> 'ms')::bigint end),
        (k.gone_to ->> ${rule})::timestamptz)`;
  };
  return sql`(
    select o.id as organisation_id, ${until('recordings')} as recordings, ${until('calls')} as calls,
      ${until('messages')} as messages, ${until('people')} as people, ${until('leads')} as leads,
      ${until('appointments')} as appointments
    from app.organisations o
    left join lateral (
      select newest.windows, newest.gone_to from app.keepings newest
      where newest.organisation_id = o.id order by newest.version desc limit 1) k on true)`;
}

/** The condition that no legal hold has it: rows of `x`. */
export function isNotHeld(kind: 'call' | 'recording' | 'message' | 'contact' | 'lead' | 'appointment'): Sql {
  return sql`not exists (
    select from app.held_items i where i.organisation_id = x.organisation_id and i.kind = ${kind} and i.item_id = x.id)`;
}
