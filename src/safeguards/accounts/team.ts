import type { Role } from '#access';
import { problem, sql, type Ctx, type Id, type Tx } from '#base';
import { record, type Details } from '#safeguards/audit';
import { revokeKeysOf } from './api-keys.ts';
import { lockedGrants, lockTeam, type Asking } from './by.ts';
import { invitationSubject } from './invitation-row.ts';
import { withdrawAllOf } from './invitations.ts';
import { subjectOf } from './people.ts';
import { refuseBeyond } from './role-limits.ts';

type Senses = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/**
 * Makes a member something else. Throws `not-found`, `beyond-your-role` when whoever asks lacks something that the
 * person may do now or would then, and `last-owner` when nobody would own the organisation afterwards.
 */
export async function changeRole(
  ctx: Senses,
  tx: Tx,
  { who, sender }: Asking,
  { person, role }: { readonly person: Id; readonly role: Role },
): Promise<void> {
  const { organisation, actor } = who;
  const grants = await lockedGrants(ctx, tx, who);
  const before = await roleOf(tx, organisation, person);
  refuseBeyond(grants, before);
  refuseBeyond(grants, role);
  if (before === role) return;
  if (before === 'owner') await refuseLastOwner(tx, organisation);
  await tx.run(sql`update app.people set role = ${role} where organisation_id = ${organisation} and id = ${person}`);
  await record(ctx, tx, {
    organisation,
    actor,
    action: 'person.role-changed',
    object: `person:${person}`,
    details: { before, role, ...sender },
  });
}

/** What went with a member: keys that were revoked, invitations that were withdrawn, and who signed in as them. */
export type Gone = { readonly keys: number; readonly invitations: readonly Id[]; readonly identity: Id | null };

/**
 * Takes a member out: they are nobody here with the next request, and neither are their keys. Their name and address
 * cannot be read any more, in no backup either. Same refusals as `changeRole`.
 */
export async function removePerson(ctx: Senses, { who, sender }: Asking, person: Id): Promise<Gone> {
  const { organisation } = who;
  const gone = await ctx.db.tenant(organisation, async (tx) => {
    const grants = await lockedGrants(ctx, tx, who);
    refuseBeyond(grants, await roleOf(tx, organisation, person));
    return takeOut(ctx, tx, { who, sender }, person);
  });
  await forget(ctx, organisation, person, gone);
  return gone;
}

/** A member goes of their own accord. Throws `not-found` where they do not belong, `last-owner`. */
export async function leaveOrganisation(
  ctx: Senses,
  { organisation, identity, sender }: { readonly organisation: Id; readonly identity: Id; readonly sender: Details },
): Promise<Gone> {
  const { person, gone } = await ctx.db.tenant(organisation, async (tx) => {
    await lockTeam(tx, organisation);
    const member = await tx.maybe<{ id: Id }>(sql`
      select id from app.people where organisation_id = ${organisation} and identity_id = ${identity}`);
    if (!member) throw notHere();
    const asking = { who: { organisation, actor: `person:${member.id}` as const }, sender };
    return { person: member.id, gone: await takeOut(ctx, tx, asking, member.id) };
  });
  await forget(ctx, organisation, person, gone);
  return gone;
}

/** After the commit, so that nothing is lost when there is none. */
async function forget({ keys }: Senses, organisation: Id, person: Id, { invitations }: Gone): Promise<void> {
  await keys.destroy(subjectOf(organisation, person));
  for (const id of invitations) await keys.destroy(invitationSubject(organisation, id));
}

/** Under the lock of the team, and allowed. */
async function takeOut(ctx: Senses, tx: Tx, { who, sender }: Asking, person: Id): Promise<Gone> {
  const { organisation, actor } = who;
  const role = await roleOf(tx, organisation, person);
  if (role === 'owner') await refuseLastOwner(tx, organisation);
  const keys = await revokeKeysOf(ctx, tx, { organisation, person, by: actor, sender });
  const invitations = await withdrawAllOf(ctx, tx, { organisation, person, by: actor, sender });
  const { identity_id: identity } = await tx.one<{ identity_id: Id | null }>(sql`
    delete from app.people where organisation_id = ${organisation} and id = ${person} returning identity_id`);
  await record(ctx, tx, {
    organisation,
    actor,
    action: 'person.removed',
    object: `person:${person}`,
    details: { role, keys, invitations: invitations.length, ...sender },
  });
  return { keys, invitations, identity };
}

async function roleOf(tx: Tx, organisation: Id, person: Id): Promise<Role> {
  const row = await tx.maybe<{ role: Role }>(sql`
    select role from app.people where organisation_id = ${organisation} and id = ${person}`);
  if (!row) throw notHere();
  return row.role;
}

async function refuseLastOwner(tx: Tx, organisation: Id): Promise<void> {
  const { owners } = await tx.one<{ owners: number }>(sql`
    select count(*)::int as owners from app.people where organisation_id = ${organisation} and role = 'owner'`);
  if (owners > 1) return;
  throw problem('last-owner', 'An organisation keeps at least one owner. Make somebody else an owner first.');
}

function notHere() {
  return problem('not-found', 'There is no such member.');
}
