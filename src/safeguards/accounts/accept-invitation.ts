import { timingSafeEqual } from 'node:crypto';
import { covers, grantsOfRole, type Role } from '#access';
import { problem, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { record, type Details } from '#safeguards/audit';
import { unsealKept } from '#safeguards/vault';
import { grantsNow, lockTeam } from './by.ts';
import { normalAddress } from './address.ts';
import { end, hashOfToken, invitationPlace, invitationSubject, over } from './invitation-row.ts';
import { addPerson, indexesOf } from './people.ts';

/** Who accepts: what the mail said, who is signed in, and the address that this identity has proven. */
export type Acceptance = {
  readonly token: string;
  readonly identity: Id;
  readonly address: Personal;
  readonly sender: Details;
};

/** Where they belong from now on. */
export type Joined = { readonly organisation: Id; readonly person: Id; readonly role: Role };

/**
 * Accepts an invitation: the identity becomes a member, once. Throws `invitation-unknown` for a token that was never
 * sent, was altered or was replaced by a later mail; `invitation-over` for one that was used or withdrawn, has expired, or
 * whose sender could not give that role any more; `invitation-for-other` when the proven address is not the invited one;
 * `already-member`.
 */
export async function acceptInvitation(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>,
  given: Acceptance,
): Promise<Joined> {
  const hash = hashOfToken(ctx, given.token);
  const [found] = await ctx.db.find<{ organisation_id: Id; id: Id }>(
    sql`select organisation_id, id from sec.invitation(${hash})`,
  );
  if (!found) throw unknown();
  const { organisation_id: organisation, id } = found;
  const joined = await ctx.db.tenant(organisation, async (tx) => {
    await lockTeam(tx, organisation);
    const row = await tx.maybe<Row>(sql`
      select id, role, name, email, token_hash, state, made_by, expires_at from app.invitations
      where organisation_id = ${organisation} and id = ${id}`);
    if (!row || !timingSafeEqual(row.token_hash, hash)) throw unknown();
    return join(ctx, tx, { organisation, row, given });
  });
  await ctx.keys.destroy(invitationSubject(organisation, id));
  return joined;
}

type Row = {
  readonly id: Id;
  readonly role: Role;
  readonly name: Buffer | null;
  readonly email: Buffer | null;
  readonly token_hash: Buffer;
  readonly state: 'open' | 'accepted' | 'withdrawn';
  readonly made_by: Id | null;
  readonly expires_at: Date;
};

type Joining = { readonly organisation: Id; readonly row: Row; readonly given: Acceptance };

async function join(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, row, given }: Joining,
): Promise<Joined> {
  const { id, role } = row;
  const { identity, address, sender } = given;
  await refuseOver(ctx, tx, organisation, row);
  const open = (column: 'name' | 'email') => unsealKept(ctx, organisation, invitationPlace(id, column), row[column]);
  const [name, email] = [await open('name'), await open('email')];
  if (!name || !email) throw over('can no longer be read');
  if (normalAddress(email.reveal()) !== normalAddress(address.reveal())) {
    throw problem(
      'invitation-for-other',
      'This invitation went to another address than the one you are signed in with. Sign in with that one.',
    );
  }
  await refuseMember(ctx, tx, organisation, { identity, email });
  const by = `identity:${identity}` as const;
  const person = await addPerson(ctx, tx, { organisation, role, name, email, identity, by, sender });
  await end(ctx, tx, { organisation, id, state: 'accepted' });
  await record(ctx, tx, {
    organisation,
    actor: `person:${person}`,
    action: 'invitation.accepted',
    object: `invitation:${id}`,
    details: { role, ...sender },
  });
  return { organisation, person, role };
}

async function refuseOver(ctx: Pick<Ctx, 'clock'>, tx: Tx, organisation: Id, row: Row): Promise<void> {
  if (row.state === 'accepted') throw over('was accepted already');
  if (row.state === 'withdrawn') throw over('was withdrawn');
  if (row.expires_at.getTime() <= ctx.clock.now()) throw over('has expired: it could be accepted for seven days');
  if (row.made_by === null) return;
  const grants = await grantsNow(ctx, tx, { organisation, actor: `person:${row.made_by}` });
  if (!grants || !covers(grants, grantsOfRole(row.role)))
    throw over('was sent by somebody who could not send it any more');
}

async function refuseMember(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  { identity, email }: { readonly identity: Id; readonly email: Personal },
): Promise<void> {
  const { index } = await indexesOf(ctx, organisation, email);
  const member = await tx.maybe(sql`
    select id from app.people
    where organisation_id = ${organisation} and (identity_id = ${identity} or email_index = ${index}) limit 1`);
  if (member) throw problem('already-member', 'You already belong to this organisation.');
}

function unknown() {
  return problem(
    'invitation-unknown',
    'This is no link of ours, or a later mail replaced it. Use the newest mail, and the whole link.',
  );
}
