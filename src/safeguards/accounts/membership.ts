import type { Role } from '#access';
import { sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { blindIndex, unseal } from '#safeguards/vault';
import { instanceId } from './instance.ts';
import { normalAddress } from './address.ts';

/** Somebody who signs in, as a member of one organisation. */
export type Membership = { readonly organisation: Id; readonly person: Id; readonly role: Role };

/** What an address is looked up by outside any organisation: keyed under the instance, after `normalAddress`. */
export function addressIndex(ctx: Pick<Ctx, 'keys'>, email: Personal): Promise<Buffer> {
  return blindIndex(ctx, instanceId, 'email', email.map(normalAddress));
}

/** Where an identity belongs, the oldest first, at most 100. A hint: `memberOf` looks at it inside the organisation. */
export async function membershipHints(ctx: Pick<Ctx, 'db'>, identity: Id): Promise<Membership[]> {
  return ctx.db.find(sql`
    select organisation_id as organisation, person_id as person, role from sec.memberships(${identity})`);
}

/** Who that identity is in this organisation at this very moment; undefined when they do not belong to it. */
export async function memberOf(tx: Tx, organisation: Id, identity: Id): Promise<Membership | undefined> {
  return tx.maybe(sql`
    select organisation_id as organisation, id as person, role from app.people
    where organisation_id = ${organisation} and identity_id = ${identity}`);
}

/** The identity that somebody in this organisation signs in with; undefined while nobody does. */
export async function identityOf(tx: Tx, organisation: Id, person: Id): Promise<Id | undefined> {
  const row = await tx.maybe<{ identity_id: Id | null }>(sql`
    select identity_id from app.people where organisation_id = ${organisation} and id = ${person}`);
  return row?.identity_id ?? undefined;
}

/** People whom a set-up has named and who have not proved that the address is theirs. A hint as well. */
export async function awaitedPeople(
  ctx: Pick<Ctx, 'db'>,
  index: Buffer,
): Promise<{ readonly organisation: Id; readonly person: Id }[]> {
  return ctx.db.find(sql`
    select organisation_id as organisation, person_id as person from sec.awaited_people(${index})`);
}

/**
 * From now on that identity signs in as this person. False when the person is somebody's already or gone, and when the
 * identity is another person of the organisation.
 */
export async function linkPerson(
  tx: Tx,
  { organisation, person, identity }: { readonly organisation: Id; readonly person: Id; readonly identity: Id },
): Promise<boolean> {
  const linked = await tx.run(sql`
    update app.people set identity_id = ${identity}
    where organisation_id = ${organisation} and id = ${person} and identity_id is null and not exists (
      select from app.people where organisation_id = ${organisation} and identity_id = ${identity})`);
  return linked > 0;
}

/** What a person is called; undefined when there is no such person. */
export async function personName(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  { organisation, person }: { readonly organisation: Id; readonly person: Id },
): Promise<Personal | undefined> {
  const row = await tx.maybe<{ name: Buffer }>(sql`
    select name from app.people where organisation_id = ${organisation} and id = ${person}`);
  return row && unseal(ctx, organisation, { table: 'people', row: person, column: 'name' }, row.name);
}
