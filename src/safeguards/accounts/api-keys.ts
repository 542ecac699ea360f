import { createHmac, timingSafeEqual } from 'node:crypto';
import { newId, problem, sql, type Ctx, type Id, type Tx } from '#base';
import { record, type Actor } from '#safeguards/audit';
import { keyIdOf, writeApiKey } from './api-key.ts';

export type ApiKeyHolder = { readonly organisation: Id; readonly keyId: Id; readonly scopes: readonly string[] };

type NewKey = {
  readonly organisation: Id;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly by?: Actor;
};

/** Makes a key. `key` is shown once: only a keyed hash of it is stored, and nothing can bring it back. */
export async function makeApiKey(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, name, scopes, by = 'system' }: NewKey,
): Promise<{ id: Id; key: string }> {
  const wrong = scopes.filter((scope) => !/^[a-z][a-z-]*:[a-z][a-z-]*$/.test(scope));
  if (wrong.length > 0 || scopes.length === 0) {
    throw problem('input-invalid', 'A key needs scopes such as calls:read.', {
      mistakes: [{ at: '/scopes', fix: 'name at least one scope, written resource:verb' }],
    });
  }
  const id = newId(ctx);
  const { key, keyId } = writeApiKey(ctx.random);
  await tx.run(sql`
    insert into app.api_keys (organisation_id, id, key_id, secret_hash, name, scopes, created_at)
    values (${organisation}, ${id}, ${keyId}, ${hashOf(ctx, key)}, ${name}, ${[...scopes]}, ${new Date(ctx.clock.now())})`);
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'api-key.made',
    object: `api-key:${id}`,
    details: { scopes: [...scopes] },
  });
  return { id, key };
}

/** Ends a key, in every process with the next request. False when there is no such live key. */
export async function revokeApiKey(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, id, by = 'system' }: { readonly organisation: Id; readonly id: Id; readonly by?: Actor },
): Promise<boolean> {
  const ended = await tx.run(sql`
    update app.api_keys set revoked_at = ${new Date(ctx.clock.now())}
    where organisation_id = ${organisation} and id = ${id} and revoked_at is null`);
  if (ended === 0) return false;
  await record(ctx, tx, { organisation, actor: by, action: 'api-key.revoked', object: `api-key:${id}` });
  return true;
}

type Candidate = { readonly organisation_id: Id; readonly secret_hash: Buffer; readonly scopes: string[] };

/**
 * Whose key this is; undefined for every key that does not count, whatever the reason. An unknown key costs the
 * same look-up, hash and comparisons as a known one with a wrong secret, so the time does not tell them apart.
 */
export async function apiKeyHolder(ctx: Pick<Ctx, 'db' | 'keys'>, bearer: string): Promise<ApiKeyHolder | undefined> {
  const keyId = keyIdOf(bearer);
  if (keyId === undefined) return undefined;
  const hash = hashOf(ctx, bearer);
  const found = await ctx.db.find<Candidate>(
    sql`select organisation_id, secret_hash, scopes from sec.api_key(${keyId})`,
  );
  const matching = [0, 1].filter((at) => timingSafeEqual(found[at]?.secret_hash ?? noHash, hash));
  const holder = found[matching[0] ?? found.length];
  if (!holder) return undefined;
  // As the organisation itself: the row must be its own and alive at this very moment.
  const row = await ctx.db.tenant(holder.organisation_id, (tx) =>
    tx.maybe<{ id: Id }>(sql`
      select id from app.api_keys
      where organisation_id = ${holder.organisation_id} and key_id = ${keyId} and revoked_at is null`),
  );
  return row && { organisation: holder.organisation_id, keyId: row.id, scopes: holder.scopes };
}

/** True when the organisation has a live key of that name. */
export async function hasApiKey(tx: Tx, organisation: Id, name: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select id from app.api_keys
    where organisation_id = ${organisation} and name = ${name} and revoked_at is null limit 1`);
  return row !== undefined;
}

/** Stands in for the hash of a key that is not there. */
const noHash = Buffer.alloc(32);

/** HMAC-SHA-256 under a key that is not in the database: a stolen table can be tried against nothing. */
function hashOf({ keys }: Pick<Ctx, 'keys'>, key: string): Buffer {
  return createHmac('sha256', keys.derive('api-key')).update(key).digest();
}
