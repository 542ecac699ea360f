import { iso, newId, problem, sql, type Ctx, type Id, type KeySubject, type Personal, type Tx } from '#base';
import { addressIndex, instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { sealer, unseal, type Place } from '#safeguards/vault';
import type { IdentityCtx } from './types.ts';

/** What others may know of somebody who can sign in, without opening anything that is personal. */
export type Identity = {
  readonly id: Id;
  readonly language: string;
  readonly hasPassword: boolean;
  readonly secondFactor: boolean;
  /** A link that was mailed to their address was used. */
  readonly addressProven: boolean;
};

type NewIdentity = {
  readonly email: Personal;
  /** False for an address that somebody has typed and no mail has reached yet. */
  readonly isProven?: boolean;
  readonly name: Personal;
  readonly language: string;
  readonly passwordHash?: string | undefined;
  /** One of the product's own, which tries its doors. */
  readonly isCanary?: boolean;
};

/** Who has proven that address; undefined when nobody has. */
export async function findIdentity(ctx: Pick<Ctx, 'db' | 'keys'>, email: Personal): Promise<Id | undefined> {
  const index = await addressIndex(ctx, email);
  return ctx.db.tenant(instanceId, (tx) => identityByIndex(tx, index));
}

export async function identityByIndex(tx: Tx, index: Buffer): Promise<Id | undefined> {
  const row = await tx.maybe<{ id: Id }>(sql`
    select id from app.identities where organisation_id = ${instanceId} and email_index = ${index}`);
  return row?.id;
}

/** In a transaction of the instance. `not-found` when there is no such identity (any more). */
export async function identityOf(tx: Tx, id: Id): Promise<Identity> {
  const row = await tx.maybe<Identity>(sql`
    select id, language, password_hash is not null as "hasPassword", second_factor as "secondFactor",
      email_verified_at is not null as "addressProven"
    from app.identities where organisation_id = ${instanceId} and id = ${id}`);
  if (!row) throw problem('not-found', 'There is no such identity.');
  return row;
}

/** `identityOf` for a change of what they can sign in with: until the transaction ends no other one, and no session, begins. */
export async function holdIdentity(tx: Tx, id: Id): Promise<Identity> {
  await tx.run(sql`
    select id from app.identities where organisation_id = ${instanceId} and id = ${id} for no key update`);
  return identityOf(tx, id);
}

/** Where what concerns them is mailed to. */
export async function addressOf(ctx: Pick<Ctx, 'db' | 'keys'>, identity: Id): Promise<Personal> {
  return ctx.db.tenant(instanceId, (tx) => openedColumn(ctx, tx, identity, 'email'));
}

/** `addressOf` within a transaction of the instance. */
export async function openedColumn(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  identity: Id,
  column: 'email' | 'name',
): Promise<Personal> {
  const row = await tx.maybe<{ email: Buffer; name: Buffer }>(sql`
    select email, name from app.identities where organisation_id = ${instanceId} and id = ${identity}`);
  if (!row) throw problem('not-found', 'There is no such identity.');
  return unseal(ctx, instanceId, placeOf(identity, column), row[column]);
}

/**
 * Whoever has proven this address, made when they are new, in a transaction of the instance. Of somebody who is known
 * nothing changes: neither name nor password of a stranger who typed their address.
 */
export async function provenIdentity(
  ctx: Pick<IdentityCtx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { email, name, language, passwordHash, isProven = true, isCanary = false }: NewIdentity,
): Promise<{ readonly identity: Id; readonly isNew: boolean }> {
  const index = await addressIndex(ctx, email);
  const known = await identityByIndex(tx, index);
  if (known !== undefined) return { identity: known, isNew: false };
  const id = newId(ctx);
  const now = iso(ctx.clock.now());
  const seal = await sealer(ctx, subjectOf(id));
  const made = await tx.run(sql`
    insert into app.identities (organisation_id, id, email, email_index, email_verified_at, name, language,
      password_hash, password_changed_at, created_at, kind)
    values (${instanceId}, ${id}, ${seal(placeOf(id, 'email'), email)}, ${index}, ${isProven ? now : null},
      ${seal(placeOf(id, 'name'), name)}, ${language}, ${passwordHash ? Buffer.from(passwordHash) : null},
      ${passwordHash ? now : null}, ${now}, ${isCanary ? 'canary' : 'person'})
    on conflict (organisation_id, email_index) do nothing`);
  if (made === 0) {
    await ctx.keys.destroy(subjectOf(id));
    const faster = await identityByIndex(tx, index);
    if (faster === undefined) throw problem('link-expired', 'Ask for another link.');
    return { identity: faster, isNew: false };
  }
  await record(ctx, tx, {
    organisation: instanceId,
    actor: `identity:${id}`,
    action: 'identity.made',
    object: `identity:${id}`,
  });
  return { identity: id, isNew: true };
}

/**
 * Says whether their sign-in needs a second factor, in a transaction of the instance. What was begun without one ends
 * unfinished. Sessions stay: end the others with `endOtherSessions` and renew the one at hand with `renewFresh`.
 * Returns whether it was another before; whoever changes it records that.
 */
export async function setSecondFactor(tx: Tx, identity: Id, on: boolean): Promise<boolean> {
  const changed = await tx.run(sql`
    update app.identities set second_factor = ${on}
    where organisation_id = ${instanceId} and id = ${identity} and second_factor <> ${on}`);
  await tx.run(sql`
    delete from app.pending_sign_ins where organisation_id = ${instanceId} and identity_id = ${identity}`);
  return changed > 0;
}

/** Ends somebody's way in: identity, sessions and all that was begun are gone, and their key with them. */
export async function removeIdentity(
  ctx: Pick<IdentityCtx, 'db' | 'clock' | 'random' | 'keys'>,
  identity: Id,
): Promise<boolean> {
  const isGone = await ctx.db.tenant(instanceId, async (tx) => {
    const gone = await tx.run(sql`
      delete from app.identities where organisation_id = ${instanceId} and id = ${identity}`);
    if (gone === 0) return false;
    await record(ctx, tx, {
      organisation: instanceId,
      actor: 'system',
      action: 'identity.removed',
      object: `identity:${identity}`,
    });
    return true;
  });
  if (isGone) await ctx.keys.destroy(subjectOf(identity));
  return isGone;
}

export function subjectOf(identity: Id): KeySubject {
  return { organisation: instanceId, kind: 'account', id: identity };
}

export function placeOf(row: Id, column: string): Place {
  return { table: 'identities', row, column };
}
