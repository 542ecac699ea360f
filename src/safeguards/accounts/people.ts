import type { Role } from '#access';
import {
  iso,
  newId,
  pageOf,
  pageQuery,
  sql,
  type Ctx,
  type Id,
  type KeySubject,
  type Page,
  type PageRequest,
  type Personal,
  type Tx,
} from '#base';
import { record } from '#safeguards/audit';
import { blindIndex, sealer, unsealKept } from '#safeguards/vault';
import type { By } from './by.ts';
import { normalAddress } from './address.ts';
import { lookOfAddress } from './look-alike.ts';
import { addressIndex } from './membership.ts';

type NewPerson = By & {
  readonly organisation: Id;
  readonly role: Role;
  readonly name: Personal;
  readonly email: Personal;
  /** Who signs in as this person; undefined until somebody proves the address. */
  readonly identity?: Id;
};

/** Adds a team member. Name and address are sealed; the same address again is the same person, unchanged. */
export async function addPerson(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, role, name, email, identity, by = 'system', sender = {} }: NewPerson,
): Promise<Id> {
  const { index, look } = await indexesOf(ctx, organisation, email);
  const known = await tx.maybe<{ id: Id }>(sql`
    select id from app.people where organisation_id = ${organisation} and email_index = ${index}`);
  if (known) return known.id;
  const id = newId(ctx);
  const seals = await sealer(ctx, subjectOf(organisation, id));
  const found = await addressIndex(ctx, email);
  await tx.run(sql`
    insert into app.people (organisation_id, id, role, name, email, email_index, look_index, identity_id, address_index, created_at)
    values (${organisation}, ${id}, ${role}, ${seals(placeOf(id, 'name'), name)}, ${seals(placeOf(id, 'email'), email)},
      ${index}, ${look}, ${identity ?? null}, ${found}, ${iso(ctx.clock.now())})`);
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'person.added',
    object: `person:${id}`,
    details: { role, ...sender },
  });
  return id;
}

/** What a member calls themselves from now on. */
export async function renamePerson(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  {
    organisation,
    person,
    name,
    sender,
  }: By & { readonly organisation: Id; readonly person: Id; readonly name: Personal },
): Promise<void> {
  const sealed = (await sealer(ctx, subjectOf(organisation, person)))(placeOf(person, 'name'), name);
  const renamed = await tx.run(sql`
    update app.people set name = ${sealed} where organisation_id = ${organisation} and id = ${person}`);
  if (renamed === 0) return;
  const actor = `person:${person}` as const;
  await record(ctx, tx, { organisation, actor, action: 'person.renamed', object: actor, details: sender });
}

/** What an address is found by within an organisation, exactly and by how it looks. */
export async function indexesOf(
  ctx: Pick<Ctx, 'keys'>,
  organisation: Id,
  email: Personal,
): Promise<{ readonly index: Buffer; readonly look: Buffer }> {
  return {
    index: await blindIndex(ctx, organisation, 'email', email.map(normalAddress)),
    look: await blindIndex(ctx, organisation, 'email-look', email.map(lookOfAddress)),
  };
}

/** The key that everything about a member is sealed under. */
export function subjectOf(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'account', id };
}

function placeOf(row: Id, column: 'name' | 'email') {
  return { table: 'people', row, column };
}

/** A member as the team page shows them. `joinedAt` in milliseconds; `signsIn` once they have proven their address. */
export type PersonView = {
  readonly id: Id;
  readonly role: Role;
  readonly name: Personal | null;
  readonly email: Personal | null;
  readonly signsIn: boolean;
  readonly joinedAt: number;
};

type Row = {
  readonly id: Id;
  readonly role: Role;
  readonly name: Buffer;
  readonly email: Buffer;
  readonly identity_id: Id | null;
  readonly created_at: Date;
};

const columns = sql`id, role, name, email, identity_id, created_at`;

/** The members, who joined last first. Throws `cursor-invalid`, `input-invalid`. */
export async function listPeople(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest,
): Promise<Page<PersonView>> {
  const { after, take } = pageQuery(sql`created_at`, request);
  const rows = await tx.rows<Row>(sql`
    select ${columns} from app.people where organisation_id = ${organisation} ${after}
    order by created_at desc, id desc limit ${take}`);
  const at = (row: Row) => row.created_at.getTime();
  return pageOf(rows, request.limit, { at, view: (row) => viewOf(ctx, organisation, row) });
}

/** One member; undefined when there is none of that id. */
export async function findPerson(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  id: Id,
): Promise<PersonView | undefined> {
  const row = await tx.maybe<Row>(sql`
    select ${columns} from app.people where organisation_id = ${organisation} and id = ${id}`);
  return row && viewOf(ctx, organisation, row);
}

/** Where those who own the organisation, or have another of these roles, get mail: whose address is proven; at most 50. */
export async function ownerAddresses(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  roles: readonly Role[] = ['owner'],
): Promise<readonly Personal[]> {
  const rows = await tx.rows<{ id: Id; email: Buffer }>(sql`
    select id, email from app.people
    where organisation_id = ${organisation} and role = any (${[...roles]}) and identity_id is not null order by created_at, id limit 50`);
  const found = await Promise.all(
    rows.map(({ id, email }) => unsealKept(ctx, organisation, placeOf(id, 'email'), email)),
  );
  return found.filter((address) => address !== null);
}

/** True while the person belongs to the organisation, which they do until this transaction has ended. */
export async function holdMember(tx: Tx, organisation: Id, id: Id): Promise<boolean> {
  const row = await tx.maybe(sql`
    select id from app.people where organisation_id = ${organisation} and id = ${id} for key share`);
  return row !== undefined;
}

async function viewOf(ctx: Pick<Ctx, 'keys'>, organisation: Id, row: Row): Promise<PersonView> {
  return {
    id: row.id,
    role: row.role,
    name: await unsealKept(ctx, organisation, placeOf(row.id, 'name'), row.name),
    email: await unsealKept(ctx, organisation, placeOf(row.id, 'email'), row.email),
    signsIn: row.identity_id !== null,
    joinedAt: row.created_at.getTime(),
  };
}
