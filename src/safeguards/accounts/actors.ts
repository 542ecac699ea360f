import { sql, type Id, type Tx } from '#base';

/** True while the key has not been revoked, or the person belongs to the organisation: for what was given out on their strength. */
export async function isActorLive(tx: Tx, organisation: Id, actor: `api-key:${Id}` | `person:${Id}`): Promise<boolean> {
  const id = actor.slice(actor.indexOf(':') + 1);
  const row = await tx.maybe(
    actor.startsWith('person:')
      ? sql`select id from app.people where organisation_id = ${organisation} and id = ${id}`
      : sql`select id from app.api_keys where organisation_id = ${organisation} and id = ${id} and revoked_at is null`,
  );
  return row !== undefined;
}
