import { identifier, sql, type Id, type Sql, type Tx } from '#base';
import { heldAmong } from '#safeguards/holds';
import { homes, kinds, type Kind } from './belongings.ts';
import type { Left, LockedErasure, Wait } from './erasure.ts';

/** The ids of every row that an erasure has to destroy, by kind. */
export type Targets = { readonly [K in Kind]: readonly Id[] };

/** What there is to erase, or why it cannot be at this moment; and what has to stay. */
export type Finding = { readonly targets: Targets; readonly left: readonly Left[]; readonly waitsFor: Wait | null };

/**
 * Finds everything that the erasure is about and takes its rows' locks, so that nothing is added to them meanwhile. A call
 * that rings at this moment takes the lock of its contact: it is either found, or comes after and makes a contact of its
 * own.
 */
export async function findTargets(tx: Tx, erasure: LockedErasure): Promise<Finding> {
  const { organisation } = erasure;
  await lockRoots(tx, erasure);
  const contact = await ids(tx, contactsOf(erasure));
  const direct = await ids(tx, callsOf(erasure, contact));
  const named = await leftBy(tx, erasure, { calls: direct, contacts: contact });
  const nameless = await ids(tx, namelessCalls(organisation, named, direct));
  const call = [...direct, ...nameless];
  const all = nameless.length > 0 ? await leftBy(tx, erasure, { calls: call, contacts: contact }) : named;
  const recording = await ids(
    tx,
    sql`select id from app.recordings where organisation_id = ${organisation} and call_id = any(${call}::uuid[])`,
  );
  const orphan = erasure.scope === 'call' ? await contactsAlone(tx, organisation, { ...all, call }) : [];
  const targets = { ...all, recording, call, contact: [...contact, ...orphan] };
  await lockAll(tx, organisation, targets);
  const left = await callsOfOthers(tx, organisation, targets);
  return { targets, left, waitsFor: await waitOf(tx, organisation, targets) };
}

/** What has come to the planned calls and contacts since then: a lead of the debrief that was under way. */
export async function findLate(tx: Tx, erasure: LockedErasure, planned: Targets): Promise<Targets> {
  const { organisation } = erasure;
  const roots = { calls: planned.call, contacts: planned.contact };
  const came = await leftBy(tx, { ...erasure, phoneIndex: null }, roots);
  const recording = await ids(
    tx,
    sql`select id from app.recordings where organisation_id = ${organisation} and call_id = any(${roots.calls}::uuid[])`,
  );
  return { ...came, recording, call: planned.call, contact: planned.contact };
}

type Roots = { readonly calls: readonly Id[]; readonly contacts: readonly Id[] };
type Came = { readonly [K in 'message' | 'lead' | 'appointment']: readonly Id[] };

/** Calls before contacts: the order in which a call that is being finished takes them. */
async function lockRoots(tx: Tx, erasure: LockedErasure): Promise<void> {
  const contacts = sql`array(${contactsOf(erasure)})`;
  const { organisation, call, phoneIndex } = erasure;
  await tx.run(sql`
    select id from app.calls
    where organisation_id = ${organisation} and (id = ${call} or caller_index = ${phoneIndex}::bytea
      or contact_id = any(${contacts}))
    order by id for update`);
  await tx.run(sql`
    select id from app.contacts
    where organisation_id = ${organisation} and (phone_index = ${phoneIndex}::bytea or id = any (${contacts}))
    order by id for update`);
}

/**
 * Of a call it is its caller only where nothing else is known of them: see `contactsAlone`. One that a sweep hides is
 * found by their calls.
 */
function contactsOf({ organisation, phoneIndex }: LockedErasure): Sql {
  return sql`
    select id from app.contacts where organisation_id = ${organisation} and phone_index = ${phoneIndex}::bytea
    union
    select contact_id from app.calls
    where organisation_id = ${organisation} and caller_index = ${phoneIndex}::bytea and contact_id is not null`;
}

function callsOf({ organisation, call, phoneIndex }: LockedErasure, contacts: readonly Id[]): Sql {
  return sql`
    select id from app.calls
    where organisation_id = ${organisation} and (id = ${call} or caller_index = ${phoneIndex}::bytea
      or contact_id = any(${contacts}::uuid[]))`;
}

/** What came of these calls, belongs to these contacts, or names the number as the one to call back. */
async function leftBy(tx: Tx, { organisation, phoneIndex }: LockedErasure, { calls, contacts }: Roots): Promise<Came> {
  const of = sql`organisation_id = ${organisation} and (call_id = any(${calls}::uuid[])
    or contact_id = any(${contacts}::uuid[])`;
  return {
    message: await ids(tx, sql`select id from app.messages where ${of} or callback_index = ${phoneIndex}::bytea)`),
    lead: await ids(tx, sql`select id from app.leads where ${of} or phone_index = ${phoneIndex}::bytea)`),
    appointment: await ids(
      tx,
      sql`
        select id from app.appointments
        where ${of} or phone_index = ${phoneIndex}::bytea or reach_index = ${phoneIndex}::bytea)`,
    ),
  };
}

/** Calls that withheld their number, and in which this person left theirs: whose else should they be? */
function namelessCalls(organisation: Id, came: Came, known: readonly Id[]): Sql {
  return sql`
    select c.id from app.calls c
    where c.organisation_id = ${organisation} and c.contact_id is null and c.caller_index is null
      and c.conversation is not null and c.id <> all(${known}::uuid[]) and c.id in (${callsIn(organisation, came)})`;
}

function callsIn(organisation: Id, came: Came): Sql {
  return sql`
    select call_id from app.messages where organisation_id = ${organisation} and id = any(${came.message}::uuid[])
    union select call_id from app.leads where organisation_id = ${organisation} and id = any(${came.lead}::uuid[])
    union select call_id from app.appointments
      where organisation_id = ${organisation} and id = any(${came.appointment}::uuid[])`;
}

/**
 * Callers of whom nothing is known but this call and what came of it. They are locked before they are looked at: who rings
 * at this moment is either seen with that call, or comes after and is somebody new.
 */
async function contactsAlone(
  tx: Tx,
  organisation: Id,
  { call, ...came }: Came & { readonly call: readonly Id[] },
): Promise<readonly Id[]> {
  const callers = await ids(
    tx,
    sql`
      select id from app.contacts
      where organisation_id = ${organisation} and id in (
        select contact_id from app.calls where organisation_id = ${organisation} and id = any(${call}::uuid[]))
      order by id for update`,
  );
  const isNamedBy = (table: string, known: readonly Id[]) => sql`exists (
    select from ${identifier('app', table)} x
    where x.organisation_id = ${organisation} and x.contact_id = k.id and x.id <> all(${known}::uuid[]))`;
  return ids(
    tx,
    sql`
      select k.id from app.contacts k
      where k.organisation_id = ${organisation} and k.id = any(${callers}::uuid[])
        and not ${isNamedBy('calls', call)} and not ${isNamedBy('messages', came.message)}
        and not ${isNamedBy('leads', came.lead)} and not ${isNamedBy('appointments', came.appointment)}`,
  );
}

/** Calls from other numbers in which the person's number was left: they are somebody else's, and stay. */
async function callsOfOthers(tx: Tx, organisation: Id, { call, ...came }: Targets): Promise<Left[]> {
  const rows = await ids(
    tx,
    sql`
      select c.id from app.calls c
      where c.organisation_id = ${organisation} and c.conversation is not null and c.id <> all(${call}::uuid[])
        and c.id in (${callsIn(organisation, came)})
      order by c.id`,
  );
  return rows.map((id) => ({ what: 'words-in-a-call-from-another-number', call: id }));
}

async function lockAll(tx: Tx, organisation: Id, targets: Targets): Promise<void> {
  for (const lock of [
    sql`select from app.recordings where organisation_id = ${organisation} and id = any(${targets.recording}::uuid[])`,
    sql`select from app.messages where organisation_id = ${organisation} and id = any(${targets.message}::uuid[])`,
    sql`select from app.leads where organisation_id = ${organisation} and id = any(${targets.lead}::uuid[])`,
    sql`select from app.appointments where organisation_id = ${organisation} and id = any(${targets.appointment}::uuid[])`,
    sql`select from app.calls where organisation_id = ${organisation} and id = any(${targets.call}::uuid[])`,
  ]) {
    await tx.run(sql`${lock} order by id for update`);
  }
}

/** Asked behind the locks: a hold that is placed takes the same ones before. */
async function waitOf(tx: Tx, organisation: Id, targets: Targets): Promise<Wait | null> {
  const live = await tx.maybe(sql`
    select from app.calls
    where organisation_id = ${organisation} and id = any(${targets.call}::uuid[]) and state = 'live' limit 1`);
  if (live) return 'live-call';
  for (const kind of kinds) {
    const held = await heldAmong(tx, { organisation, kind, ids: targets[kind] });
    if (held.length > 0) return 'hold';
  }
  return null;
}

async function ids(tx: Tx, query: Sql): Promise<Id[]> {
  const rows = await tx.rows<{ id: Id }>(query);
  return rows.map(({ id }) => id);
}

/** Every kind with its rows, for whoever does the same with each. */
export function eachKind(
  targets: Targets,
): readonly { readonly kind: Kind; readonly table: string; readonly ids: readonly Id[] }[] {
  return kinds.map((kind) => ({ kind, table: homes[kind].table, ids: targets[kind] }));
}
