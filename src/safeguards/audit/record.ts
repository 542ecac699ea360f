import { canonical, iso, newId, Personal, sql, type Clock, type Ctx, type Id, type Tx } from '#base';
import { sealGiven, type Place } from '#safeguards/vault';
import { isLook, isUrgent, urgentNews } from './action-kinds.ts';
import type { Action, Actor, AuditObject } from './actions.ts';
import { commitmentTo, leafBytes, type Details } from './leaf.ts';

export type NewEntry = {
  readonly organisation: Id;
  readonly actor: Actor;
  readonly action: Action;
  readonly object: AuditObject;
  /** What may be personal or is too much for the leaf; sealed, and erased with its day's key. */
  readonly details?: Details | undefined;
  /** It is to be under a signed head at once, as security events are by themselves. */
  readonly urgent?: boolean;
};

/**
 * `wall` is for senses of another time, with which something is made that seems old: an entry always says when it was
 * written, since heads are signed over it that say so too.
 */
export type RecordCtx = Pick<Ctx, 'clock' | 'random' | 'keys'> & { readonly wall?: Clock };

/**
 * Writes one entry of the audit log in the transaction of its effect: both are there, or neither. Whoever looks at the
 * object is told that it has changed, unless it was only looked at.
 * Returns the entry's id.
 */
export async function record(ctx: RecordCtx, tx: Tx, entry: NewEntry): Promise<Id> {
  const { organisation, actor, action, object, details } = entry;
  const clock = ctx.wall ?? ctx.clock;
  const id = newId({ ...ctx, clock });
  const at = iso(clock.now());
  const salt = ctx.random.bytes(32);
  const commitment = details ? commitmentTo(salt, details) : null;
  const leaf = leafBytes({ v: 1, id, organisation, at, actor, action, object, commitment });
  const opening = details && new Personal(canonical({ salt: salt.toString('hex'), details }));
  const sealed = await sealGiven(ctx, { organisation, kind: 'audit', id: organisation }, placeOf(id), opening);
  await tx.run(sql`
    with entry as (
      insert into app.audit_entries (organisation_id, id, at, action, leaf)
      values (${organisation}, ${id}, ${at}, ${action}, ${leaf})
    )
    insert into app.audit_details (organisation_id, entry_id, details)
    select ${organisation}::uuid, ${id}::uuid, ${sealed}::bytea where ${sealed}::bytea is not null`);
  if (!isLook(action)) tx.tell(object);
  if (entry.urgent ?? isUrgent(action)) tx.tell(urgentNews);
  return id;
}

/** Where an entry's details are sealed. */
export function placeOf(entryId: Id): Place {
  return { table: 'audit_details', row: entryId, column: 'details' };
}
