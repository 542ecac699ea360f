import { createHmac } from 'node:crypto';
import { canonical, iso, newId, problem, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, senderDetails } from '#safeguards/audit';
import { addressOf, endOtherSessions, holdIdentity, renew, requireSession } from '#safeguards/identity';
import { sealGiven, unsealKept, type Place } from '#safeguards/vault';
import { tell } from '../tell.ts';
import type { Acting, FactorCtx, Renewed, Showing } from '../types.ts';
import type { ProviderName } from './providers.ts';

/** Somebody at another provider: issuer and subject name them (OpenID Connect Core §5.7), and nothing else does. */
export type Outsider = {
  readonly provider: ProviderName;
  readonly issuer: string;
  readonly subject: Personal;
  /** The address they have there, when the provider tells it; for the eye alone. */
  readonly email: Personal | undefined;
};

/** An account elsewhere as its owner sees it. Instants in milliseconds. */
export type OutsideView = {
  readonly id: Id;
  readonly provider: string;
  readonly label: Personal | null;
  readonly linkedAt: number;
  readonly lastUsedAt: number | null;
};

/** Who signs in with that account, and writes down that they do; undefined when nobody does. */
export async function identityOfOutsider(ctx: FactorCtx, outsider: Outsider): Promise<Id | undefined> {
  const row = await ctx.db.tenant(instanceId, (tx) =>
    tx.maybe<{ identity_id: Id }>(sql`
      update app.outside_identities set last_used_at = ${iso(ctx.clock.now())}
      where organisation_id = ${instanceId} and subject_hash = ${hashOf(ctx, outsider)}
      returning identity_id`),
  );
  return row?.identity_id;
}

/** The link is still there, in a transaction of the instance: it may have been taken off meanwhile. */
export async function requireLink(ctx: FactorCtx, tx: Tx, { outsider, identity }: Linking): Promise<void> {
  const row = await tx.maybe(sql`
    select id from app.outside_identities
    where organisation_id = ${instanceId} and subject_hash = ${hashOf(ctx, outsider)} and identity_id = ${identity}`);
  if (!row) throw problem('outside-unknown', 'That account was unlinked meanwhile. Sign in another way.');
}

/**
 * From now on that account signs them in. All their other sessions end, and this one goes on under a new token. Throws
 * `outside-taken`, and `sign-in-needed` when the session has ended meanwhile.
 */
export async function linkOutsider(ctx: FactorCtx, acting: Acting, outsider: Outsider): Promise<Renewed> {
  const { identity, session } = acting.signedIn;
  const to = await addressOf(ctx, identity);
  await ctx.db.tenant(instanceId, async (tx) => {
    await holdIdentity(tx, identity);
    await requireSession(ctx, tx, acting.signedIn);
    await insertLink(ctx, tx, { outsider, identity, from: acting.from });
    await endOtherSessions(ctx, tx, { identity, keep: session });
    await tell(ctx, tx, { identity, to, what: 'outside-linked' });
  });
  return renew(ctx, session);
}

type Linking = { readonly outsider: Outsider; readonly identity: Id };

/** In a transaction of the instance. An account that is linked with the same person already stays as it is. */
export async function insertLink(
  ctx: FactorCtx,
  tx: Tx,
  { outsider, identity, from }: Linking & Showing,
): Promise<void> {
  const id = newId(ctx);
  const label = await sealGiven(ctx, subjectOf(identity), placeOf(id), outsider.email);
  const made = await tx.maybe<{ id: Id; identity_id: Id }>(sql`
    insert into app.outside_identities (organisation_id, id, identity_id, provider, subject_hash, label, linked_at)
    values (${instanceId}, ${id}, ${identity}, ${outsider.provider}, ${hashOf(ctx, outsider)}, ${label},
      ${iso(ctx.clock.now())})
    on conflict (organisation_id, subject_hash) do update set provider = excluded.provider
    returning id, identity_id`);
  if (made?.identity_id !== identity) {
    throw problem('outside-taken', 'That account signs in somebody else here. Unlink it there first, or take another.');
  }
  const actor = `identity:${identity}` as const;
  const details = { ...(await senderDetails(ctx, from)), provider: outsider.provider };
  await record(ctx, tx, {
    organisation: instanceId,
    actor,
    action: 'outside.linked',
    object: `outside:${made.id}`,
    details,
  });
}

/** From now on that account signs nobody in. All their other sessions end. Throws `not-found`. */
export async function unlinkOutsider(ctx: FactorCtx, { signedIn, from }: Acting, id: Id): Promise<void> {
  const { identity, session } = signedIn;
  const details = await senderDetails(ctx, from);
  const to = await addressOf(ctx, identity);
  await ctx.db.tenant(instanceId, async (tx) => {
    await holdIdentity(tx, identity);
    const gone = await tx.run(sql`
      delete from app.outside_identities
      where organisation_id = ${instanceId} and identity_id = ${identity} and id = ${id}`);
    if (gone === 0) throw problem('not-found', 'You have linked no such account.');
    await endOtherSessions(ctx, tx, { identity, keep: session });
    const actor = `identity:${identity}` as const;
    await record(ctx, tx, {
      organisation: instanceId,
      actor,
      action: 'outside.unlinked',
      object: `outside:${id}`,
      details,
    });
    await tell(ctx, tx, { identity, to, what: 'outside-unlinked' });
  });
}

/** Somebody's accounts elsewhere, in a transaction of the instance. */
export async function listOutside(ctx: Pick<Ctx, 'keys'>, tx: Tx, identity: Id): Promise<OutsideView[]> {
  const rows = await tx.rows<Row>(sql`
    select id, provider, label, linked_at, last_used_at from app.outside_identities
    where organisation_id = ${instanceId} and identity_id = ${identity} order by linked_at, id`);
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      provider: row.provider,
      label: await unsealKept(ctx, instanceId, placeOf(row.id), row.label),
      linkedAt: row.linked_at.getTime(),
      lastUsedAt: row.last_used_at?.getTime() ?? null,
    })),
  );
}

type Row = {
  readonly id: Id;
  readonly provider: string;
  readonly label: Buffer | null;
  readonly linked_at: Date;
  readonly last_used_at: Date | null;
};

function hashOf({ keys }: Pick<Ctx, 'keys'>, { issuer, subject }: Outsider): Buffer {
  return createHmac('sha256', keys.derive('outside-subject'))
    .update(canonical([issuer, subject.reveal()]))
    .digest();
}

function subjectOf(identity: Id) {
  return { organisation: instanceId, kind: 'account', id: identity } as const;
}

function placeOf(row: Id): Place {
  return { table: 'outside_identities', row, column: 'label' };
}
