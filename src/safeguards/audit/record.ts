import { canonical, iso, newId, Personal, sql, type Ctx, type Id, type Tx } from '#base';
import { sealGiven, type Place } from '#safeguards/vault';
import { isLook, type Action, type Actor, type AuditObject } from './actions.ts';
import { commitmentTo, leafBytes, type Details } from './leaf.ts';

export type NewEntry = {
  readonly organisation: Id;
  readonly actor: Actor;
  readonly action: Action;
  readonly object: AuditObject;
  /** What may be personal or is too much for the leaf; sealed, and erased with its day's key. */
  readonly details?: Details | undefined;
};

/**
 * Writes one entry of the audit log in the transaction of its effect: both are there, or neither. Whoever looks at the
 * object is told that it has changed, unless it was only looked at.
 * Returns the entry's id.
 */
export async function record(ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>, tx: Tx, entry: NewEntry): Promise<Id> {
  const { organisation, actor, action, object, details } = entry;
  const id = newId(ctx);
  const at = iso(ctx.clock.now());
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
  return id;
}

/** Where an entry's details are sealed. */
export function placeOf(entryId: Id): Place {
  return { table: 'audit_details', row: entryId, column: 'details' };
}
