import type { Role } from '#access';
import { newId, sql, type Ctx, type Id, type KeySubject, type Personal, type Tx } from '#base';
import { record, type Actor } from '#safeguards/audit';
import { blindIndex, seal, type Place } from '#safeguards/vault';
import { normalAddress } from './address.ts';
import { addressIndex } from './membership.ts';

type NewPerson = {
  readonly organisation: Id;
  readonly role: Role;
  readonly name: Personal;
  readonly email: Personal;
  readonly by?: Actor;
};

/** Adds a team member. Name and address are sealed; the same address again is the same person, unchanged. */
export async function addPerson(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, role, name, email, by = 'system' }: NewPerson,
): Promise<Id> {
  const index = await blindIndex(ctx, organisation, 'email', email.map(normalAddress));
  const known = await tx.maybe<{ id: Id }>(sql`
    select id from app.people where organisation_id = ${organisation} and email_index = ${index}`);
  if (known) return known.id;
  const id = newId(ctx);
  const subject: KeySubject = { organisation, kind: 'account', id };
  const place = (column: string): Place => ({ table: 'people', row: id, column });
  await tx.run(sql`
    insert into app.people (organisation_id, id, role, name, email, email_index, address_index, created_at)
    values (${organisation}, ${id}, ${role}, ${await seal(ctx, subject, place('name'), name)},
      ${await seal(ctx, subject, place('email'), email)}, ${index}, ${await addressIndex(ctx, email)},
      ${new Date(ctx.clock.now())})`);
  await record(ctx, tx, { organisation, actor: by, action: 'person.added', object: `person:${id}`, details: { role } });
  return id;
}
