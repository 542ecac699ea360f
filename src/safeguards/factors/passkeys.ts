import { problem, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, senderDetails } from '#safeguards/audit';
import { seal, unsealKept, type Place } from '#safeguards/vault';
import { changeFactors } from './change-factors.ts';
import type { Acting, FactorCtx } from './types.ts';

/** A passkey as its owner sees it. Instants in milliseconds. */
export type PasskeyView = {
  readonly id: Id;
  readonly name: Personal | null;
  readonly isSynced: boolean;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
};

type Row = {
  readonly id: Id;
  readonly credential_id: Buffer;
  readonly transports: string[];
  readonly is_synced: boolean;
  readonly name: Buffer;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
};

/** Somebody's passkeys, oldest first, in a transaction of the instance. `descriptor` is for the browser. */
export async function passkeysOf(tx: Tx, identity: Id) {
  const rows = await tx.rows<Row>(sql`
    select id, credential_id, transports, is_synced, name, created_at, last_used_at from app.passkeys
    where organisation_id = ${instanceId} and identity_id = ${identity} order by created_at, id`);
  return rows.map((row) => ({ ...row, descriptor: descriptorOf(row) }));
}

function descriptorOf({ credential_id: id, transports }: Row) {
  return { id: id.toString('base64url'), type: 'public-key' as const, transports };
}

/** The same with the names opened. */
export async function listPasskeys(ctx: Pick<Ctx, 'keys'>, tx: Tx, identity: Id): Promise<PasskeyView[]> {
  const rows = await passkeysOf(tx, identity);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      name: await unsealKept(ctx, instanceId, placeOf(row.id), row.name),
      isSynced: row.is_synced,
      createdAt: row.created_at.getTime(),
      lastUsedAt: row.last_used_at?.getTime() ?? null,
    })),
  );
}

/** Throws `not-found`. A name changes nothing of what signs in, so nobody is told. */
export async function renamePasskey(
  ctx: FactorCtx,
  acting: Acting,
  { id, name }: { readonly id: Id; readonly name: Personal },
) {
  const { identity } = acting.signedIn;
  const details = await senderDetails(ctx, acting.from);
  const sealed = await seal(ctx, subjectOf(identity), placeOf(id), name);
  await ctx.db.tenant(instanceId, async (tx) => {
    const changed = await tx.run(sql`
      update app.passkeys set name = ${sealed}
      where organisation_id = ${instanceId} and identity_id = ${identity} and id = ${id}`);
    if (changed === 0) throw missing();
    const actor = `identity:${identity}` as const;
    await record(ctx, tx, {
      organisation: instanceId,
      actor,
      action: 'passkey.renamed',
      object: `passkey:${id}`,
      details,
    });
  });
}

/** Throws `not-found`. */
export async function removePasskey(ctx: FactorCtx, acting: Acting, id: Id): Promise<void> {
  const { identity } = acting.signedIn;
  await changeFactors(ctx, acting, async (tx) => {
    const removed = await tx.run(sql`
      delete from app.passkeys where organisation_id = ${instanceId} and identity_id = ${identity} and id = ${id}`);
    if (removed === 0) throw missing();
    return { action: 'passkey.removed', object: `passkey:${id}`, what: 'passkey-removed' };
  });
}

/** Still there, in a transaction of the instance: it may have been removed since it was shown. Throws `passkey-refused`. */
export async function requirePasskey(tx: Tx, id: Id): Promise<void> {
  const row = await tx.maybe(sql`select id from app.passkeys where organisation_id = ${instanceId} and id = ${id}`);
  if (!row) throw problem('passkey-refused', 'This passkey was removed meanwhile. Sign in another way.');
}

/** What an authenticator keeps of whose passkey it is: the id, which tells nothing about the person (WebAuthn §14.6.1). */
export function userHandle(identity: Id): string {
  return Buffer.from(identity.replaceAll('-', ''), 'hex').toString('base64url');
}

export function subjectOf(identity: Id) {
  return { organisation: instanceId, kind: 'account', id: identity } as const;
}

export function placeOf(row: Id): Place {
  return { table: 'passkeys', row, column: 'name' };
}

function missing() {
  return problem('not-found', 'You have no such passkey.');
}
