import { grantsOfRole, grantsOfScopes, type Grants, type Role } from '#access';
import { iso, problem, sql, type Ctx, type Id, type Tx } from '#base';
import type { Who } from '#edge';
import type { Actor, Details } from '#safeguards/audit';
import { scopesNow, type KeyScopes } from './key-scopes.ts';

/** Who does something, as the audit log names them, and what it keeps of where they were. */
export type By = { readonly by?: Actor; readonly sender?: Details };

/** Someone who acts in their organisation, with what the audit log keeps of where they were. */
export type Asking = { readonly who: Pick<Who, 'organisation' | 'actor'>; readonly sender: Details };

/**
 * What somebody may do at this moment, whatever they could when the request came; undefined when they are gone. Call it
 * behind `lockTeam` when something follows from it.
 */
export async function grantsNow(
  { clock }: Pick<Ctx, 'clock'>,
  tx: Tx,
  { organisation, actor }: Pick<Who, 'organisation' | 'actor'>,
): Promise<Grants | undefined> {
  const id = actor.slice(actor.indexOf(':') + 1);
  if (actor.startsWith('person:')) {
    const person = await tx.maybe<{ role: Role }>(sql`
      select role from app.people where organisation_id = ${organisation} and id = ${id}`);
    return person && grantsOfRole(person.role);
  }
  const key = await tx.maybe<KeyScopes>(sql`
    select scopes, made_by, p.role as maker_role
    from app.api_keys k left join app.people p on p.organisation_id = k.organisation_id and p.id = k.made_by
    where k.organisation_id = ${organisation} and k.id = ${id} and revoked_at is null
      and (expires_at is null or expires_at > ${iso(clock.now())})`);
  return key && grantsOfScopes(scopesNow(key));
}

/**
 * Whoever changes who belongs to the organisation, what they are or which keys there are waits here for whoever did
 * before: two owners who demote each other at once come one after the other. Calls and webhooks do not wait.
 */
export async function lockTeam(tx: Tx, organisation: Id): Promise<void> {
  await tx.run(sql`select id from app.organisations where id = ${organisation} for no key update`);
}

/** `grantsNow` under the lock. Throws `not-found` for whoever has just ceased to belong here. */
export async function lockedGrants(
  ctx: Pick<Ctx, 'clock'>,
  tx: Tx,
  who: Pick<Who, 'organisation' | 'actor'>,
): Promise<Grants> {
  await lockTeam(tx, who.organisation);
  const grants = await grantsNow(ctx, tx, who);
  if (!grants) throw problem('not-found', 'You no longer belong to this organisation.');
  return grants;
}

/** The person behind an actor: themselves, or who made the key. Undefined for keys that nobody in particular made. */
export async function personBehind(
  tx: Tx,
  { organisation, actor }: Pick<Who, 'organisation' | 'actor'>,
): Promise<Id | undefined> {
  const id = actor.slice(actor.indexOf(':') + 1);
  if (actor.startsWith('person:')) return id;
  const key = await tx.maybe<{ made_by: Id | null }>(sql`
    select made_by from app.api_keys where organisation_id = ${organisation} and id = ${id}`);
  return key?.made_by ?? undefined;
}
