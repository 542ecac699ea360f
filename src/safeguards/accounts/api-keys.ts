import { covers, grantsOfScopes, isPermission, type Grants } from '#access';
import {
  iso,
  newId,
  pageOf,
  pageQuery,
  problem,
  sql,
  type Ctx,
  type Id,
  type Mistake,
  type Page,
  type PageRequest,
  type Tx,
} from '#base';
import { record } from '#safeguards/audit';
import { writeApiKey } from './api-key.ts';
import { hashOfKey } from './api-key-hash.ts';
import type { By } from './by.ts';
import { mostNetworks, networkMistakes } from './key-addresses.ts';
import { refuseUnbound, type Bounds } from './key-bounds.ts';

type Senses = Pick<Ctx, 'clock' | 'random' | 'keys'>;

export type NewKey = By & {
  readonly organisation: Id;
  readonly name: string;
  readonly scopes: readonly string[];
  /** When it ends by itself, in milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
  /** Networks it may be used from; none: from anywhere. */
  readonly addresses?: readonly string[] | undefined;
  /** The person whose key it is: it ends with their membership. */
  readonly madeBy?: Id | undefined;
  /** What whoever makes it may do; a key can do no more. Undefined: the operator, who may do everything. */
  readonly within?: Grants | undefined;
};

/**
 * Makes a key. `key` is shown once: only a keyed hash of it is stored, and nothing can bring it back. Throws
 * `input-invalid`, and `scope-not-yours` for a scope that its maker does not have.
 */
export async function makeApiKey(ctx: Senses, tx: Tx, given: NewKey): Promise<{ id: Id; key: string }> {
  const { organisation, name, expiresAt, addresses = [], madeBy, by = 'system', sender = {} } = given;
  refuseMistakes(given, ctx.clock.now());
  refuseBeyond(given.within, given.scopes);
  const scopes = [...new Set(given.scopes)];
  const id = newId(ctx);
  const { key, keyId } = writeApiKey(ctx.random);
  await tx.run(sql`
    insert into app.api_keys (organisation_id, id, key_id, secret_hash, name, scopes, made_by, expires_at, addresses, created_at)
    values (${organisation}, ${id}, ${keyId}, ${hashOfKey(ctx, key)}, ${name}, ${scopes}, ${madeBy ?? null},
      ${expiresAt === undefined ? null : iso(expiresAt)}, ${[...addresses]}, ${iso(ctx.clock.now())})`);
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'api-key.made',
    object: `api-key:${id}`,
    details: { scopes, ...sender },
  });
  return { id, key };
}

type OneKey = By & { readonly organisation: Id; readonly id: Id };

/** Ends a key, in every process with the next request. False when there is no such live key. */
export async function revokeApiKey(
  ctx: Senses,
  tx: Tx,
  { organisation, id, by = 'system', sender }: OneKey,
): Promise<boolean> {
  const ended = await tx.run(sql`
    update app.api_keys set revoked_at = ${iso(ctx.clock.now())}, old_hash = null, old_until = null
    where organisation_id = ${organisation} and id = ${id} and revoked_at is null`);
  if (ended === 0) return false;
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'api-key.revoked',
    object: `api-key:${id}`,
    details: sender,
  });
  return true;
}

/** Ends every live key of a person who leaves. Returns how many there were. */
export async function revokeKeysOf(
  ctx: Senses,
  tx: Tx,
  { organisation, person, by = 'system', sender }: By & { readonly organisation: Id; readonly person: Id },
): Promise<number> {
  const keys = await tx.rows<{ id: Id }>(sql`
    select id from app.api_keys where organisation_id = ${organisation} and made_by = ${person} and revoked_at is null`);
  for (const { id } of keys) await revokeApiKey(ctx, tx, { organisation, id, by, ...(sender && { sender }) });
  return keys.length;
}

/** The longest that two secrets of one key live side by side. */
export const longestOverlapMs = 7 * 24 * 3_600_000;

type Rotation = OneKey & {
  readonly overlapMs: number;
  /** What whoever asks may do, and what binds them. */
  readonly within: Grants;
  readonly bounds: Bounds;
  readonly madeBy: Id | undefined;
};

/**
 * Gives a key another secret; the one before lives on for `overlapMs`, at most a week, so that nothing stands still
 * while it is replaced. A key has two live secrets, never three: `key-rotating`. `scope-not-yours` for a key that may do
 * more, or is bound less, than whoever asks, who would otherwise hold it afterwards; `not-found` when there is no such live key. Whoever holds it
 * has made it from now on: it ends when they leave.
 */
export async function rotateApiKey(
  ctx: Senses,
  tx: Tx,
  given: Rotation,
): Promise<{ key: string; oldUntil: number | null }> {
  const { organisation, id, overlapMs, within, bounds, madeBy, by = 'system', sender = {} } = given;
  const now = ctx.clock.now();
  const row = await liveKey(ctx, tx, { organisation, id });
  refuseBeyond(within, row.scopes);
  refuseUnbound(bounds, { expiresAt: row.expires_at?.getTime(), addresses: row.addresses });
  if (row.old_until && row.old_until.getTime() > now) {
    throw problem(
      'key-rotating',
      `The secret before lives until ${row.old_until.toISOString()}. Wait, or end it now with DELETE /api/v1/keys/{id}/old-secret.`,
    );
  }
  const { key } = writeApiKey(ctx.random, row.key_id);
  const oldUntil = overlapMs > 0 ? now + Math.min(overlapMs, longestOverlapMs) : null;
  await tx.run(sql`
    update app.api_keys set secret_hash = ${hashOfKey(ctx, key)}, made_by = coalesce(${madeBy ?? null}::uuid, made_by),
      old_hash = case when ${oldUntil !== null} then secret_hash end, old_until = ${oldUntil === null ? null : iso(oldUntil)}
    where organisation_id = ${organisation} and id = ${row.id}`);
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'api-key.rotated',
    object: `api-key:${row.id}`,
    details: { oldUntil: oldUntil === null ? null : iso(oldUntil), ...sender },
  });
  return { key, oldUntil };
}

/** Ends the secret before at once; the key lives on with its new one. False when there is none. */
export async function endOldSecret(
  ctx: Senses,
  tx: Tx,
  { organisation, id, by = 'system', sender }: OneKey,
): Promise<boolean> {
  const ended = await tx.run(sql`
    update app.api_keys set old_hash = null, old_until = null
    where organisation_id = ${organisation} and id = ${id} and old_until > ${iso(ctx.clock.now())}`);
  if (ended === 0) return false;
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'api-key.old-ended',
    object: `api-key:${id}`,
    details: sender,
  });
  return true;
}

/** True when the organisation has a live key of that name. */
export async function hasApiKey(tx: Tx, organisation: Id, name: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select id from app.api_keys
    where organisation_id = ${organisation} and name = ${name} and revoked_at is null limit 1`);
  return row !== undefined;
}

/** A key as it may be shown: never its secret. `begins` is how the key in full begins. Instants in milliseconds. */
export type KeyView = {
  readonly id: Id;
  readonly begins: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly addresses: readonly string[];
  readonly madeBy: Id | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
  /** When the secret before ends, while there are two. */
  readonly oldSecretEndsAt: number | null;
};

/** The organisation's keys, newest first, revoked ones included. Throws `cursor-invalid`, `input-invalid`. */
export async function listApiKeys(
  { clock }: Pick<Ctx, 'clock'>,
  tx: Tx,
  organisation: Id,
  request: PageRequest,
): Promise<Page<KeyView>> {
  const { after, take } = pageQuery(sql`created_at`, request);
  const rows = await tx.rows<ListedRow>(sql`
    select id, key_id, name, scopes, addresses, made_by, created_at, expires_at, last_used_at, revoked_at, old_until
    from app.api_keys where organisation_id = ${organisation} ${after}
    order by created_at desc, id desc limit ${take}`);
  return pageOf(rows, request.limit, {
    at: (row) => row.created_at.getTime(),
    view: (row) => viewOf(row, clock.now()),
  });
}

type ListedRow = {
  readonly id: Id;
  readonly key_id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly addresses: string[];
  readonly made_by: Id | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
  readonly old_until: Date | null;
};

function viewOf(row: ListedRow, now: number): KeyView {
  const oldUntil = row.old_until?.getTime() ?? 0;
  return {
    id: row.id,
    begins: `sotto_live_${row.key_id}_`,
    name: row.name,
    scopes: row.scopes,
    addresses: row.addresses,
    madeBy: row.made_by,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    lastUsedAt: row.last_used_at?.getTime() ?? null,
    revokedAt: row.revoked_at?.getTime() ?? null,
    oldSecretEndsAt: oldUntil > now ? oldUntil : null,
  };
}

type LiveRow = {
  readonly id: Id;
  readonly key_id: string;
  readonly scopes: string[];
  readonly old_until: Date | null;
  readonly expires_at: Date | null;
  readonly addresses: string[];
};

async function liveKey({ clock }: Pick<Ctx, 'clock'>, tx: Tx, { organisation, id }: OneKey): Promise<LiveRow> {
  const row = await tx.maybe<LiveRow>(sql`
    select id, key_id, scopes, old_until, expires_at, addresses from app.api_keys
    where organisation_id = ${organisation} and id = ${id} and revoked_at is null
      and (expires_at is null or expires_at > ${iso(clock.now())})
    for no key update`);
  if (!row) throw problem('not-found', 'There is no such live key.');
  return row;
}

function refuseMistakes({ scopes, expiresAt, addresses = [] }: NewKey, now: number): void {
  const mistakes: Mistake[] = [
    ...(scopes.length === 0 ? [{ at: '/scopes', fix: 'name at least one, such as calls:read' }] : []),
    ...scopes.flatMap((scope, at) =>
      isPermission(scope) ? [] : [{ at: `/scopes/${at}`, fix: 'is no scope; GET /api/v1/permissions names them all' }],
    ),
    ...(expiresAt !== undefined && expiresAt <= now ? [{ at: '/expiresAt', fix: 'must lie in the future' }] : []),
    ...(addresses.length > mostNetworks ? [{ at: '/addresses', fix: `may name ${mostNetworks} networks` }] : []),
    ...networkMistakes(addresses),
  ];
  if (mistakes.length > 0) throw problem('input-invalid', 'The key has mistakes.', { mistakes });
}

function refuseBeyond(within: Grants | undefined, scopes: readonly string[]): void {
  if (!within || covers(within, grantsOfScopes(scopes))) return;
  const beyond = scopes.filter((scope) => !covers(within, grantsOfScopes([scope])));
  throw problem(
    'scope-not-yours',
    `A key cannot do more than you: you do not have ${beyond.join(', ')} for all of the organisation.`,
  );
}
