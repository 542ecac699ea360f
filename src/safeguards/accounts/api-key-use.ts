import { timingSafeEqual } from 'node:crypto';
import { iso, problem, sql, type Ctx, type Id, type Tx } from '#base';
import type { Sender } from '#edge';
import { keyIdOf } from './api-key.ts';
import { hashOfKey } from './api-key-hash.ts';
import { isFrom } from './key-addresses.ts';
import { scopesNow, type KeyScopes } from './key-scopes.ts';

/** `scopes`: those that count at this moment. */
export type ApiKeyHolder = { readonly organisation: Id; readonly keyId: Id; readonly scopes: readonly string[] };

type Candidate = { readonly organisation_id: Id; readonly secret_hash: Buffer; readonly old_hash: Buffer | null };

/** The last use is written down this often, not more: it is read by people. */
const notedMs = 60_000;

/**
 * Whose key this is; undefined for every key that does not count. Only who holds a right secret hears more:
 * `key-revoked`, `key-expired`, `address-refused`. An unknown key costs the same look-up, hash and comparisons as a
 * known one with a wrong secret, so the time does not tell them apart.
 */
export async function apiKeyHolder(
  ctx: Pick<Ctx, 'db' | 'keys' | 'clock'>,
  bearer: string,
  from: Pick<Sender, 'address'>,
): Promise<ApiKeyHolder | undefined> {
  const keyId = keyIdOf(bearer);
  if (keyId === undefined) return undefined;
  const hash = hashOfKey(ctx, bearer);
  const found = await ctx.db.find<Candidate>(
    sql`select organisation_id, secret_hash, old_hash from sec.api_key(${keyId})`,
  );
  const matching = [0, 1].filter((at) => {
    const isNew = timingSafeEqual(found[at]?.secret_hash ?? noHash, hash);
    const isOld = timingSafeEqual(found[at]?.old_hash ?? noHash, hash);
    return isNew || isOld;
  });
  const holder = found[matching[0] ?? found.length];
  if (!holder) return undefined;
  // As the organisation itself: the row must be its own and alive at this very moment.
  const organisation = holder.organisation_id;
  return ctx.db.tenant(organisation, async (tx) => {
    const row = await tx.maybe<Row>(sql`
      select k.id, secret_hash, old_hash, scopes, made_by, p.role as maker_role, addresses, revoked_at, expires_at, old_until,
        last_used_at
      from app.api_keys k left join app.people p on p.organisation_id = k.organisation_id and p.id = k.made_by
      where k.organisation_id = ${organisation} and key_id = ${keyId}`);
    if (!row || !isSecretOf(row, hash)) return undefined;
    refuseEnded(row, { hash, now: ctx.clock.now() });
    if (!isFrom(row.addresses, from.address)) throw elsewhere();
    await noteUse(ctx, tx, organisation, row);
    return { organisation, keyId: row.id, scopes: scopesNow(row) };
  });
}

type Row = KeyScopes & {
  readonly id: Id;
  readonly secret_hash: Buffer;
  readonly old_hash: Buffer | null;
  readonly addresses: string[];
  readonly revoked_at: Date | null;
  readonly expires_at: Date | null;
  readonly old_until: Date | null;
  readonly last_used_at: Date | null;
};

/** Stands in for the hash of a key that is not there. */
const noHash = Buffer.alloc(32);

function isSecretOf({ secret_hash, old_hash }: Row, hash: Buffer): boolean {
  return timingSafeEqual(secret_hash, hash) || (old_hash !== null && timingSafeEqual(old_hash, hash));
}

function refuseEnded(row: Row, { hash, now }: { readonly hash: Buffer; readonly now: number }): void {
  if (row.revoked_at)
    throw problem('key-revoked', 'This key was revoked. Make another one, and find out where this one lay.');
  if (row.expires_at && row.expires_at.getTime() <= now) {
    throw problem('key-expired', `This key ended on ${row.expires_at.toISOString()}. Make another one.`);
  }
  const isOld = !timingSafeEqual(row.secret_hash, hash);
  if (isOld && row.old_until && row.old_until.getTime() <= now) {
    throw problem(
      'key-expired',
      'This key was rotated, and the secret before has ended. Use the one that the rotation gave.',
    );
  }
}

function elsewhere() {
  return problem(
    'address-refused',
    'This key may not be used from your address. Add its network to the key, or go by another way.',
  );
}

/** Whoever else is writing it down does it for us as well: nobody waits. */
async function noteUse({ clock }: Pick<Ctx, 'clock'>, tx: Tx, organisation: Id, row: Row): Promise<void> {
  const now = clock.now();
  if (row.last_used_at && now - row.last_used_at.getTime() < notedMs) return;
  await tx.run(sql`
    update app.api_keys set last_used_at = ${iso(now)}
    where organisation_id = ${organisation} and id = (
      select id from app.api_keys
      where organisation_id = ${organisation} and id = ${row.id}
        and (last_used_at is null or last_used_at <= ${iso(now - notedMs)})
      for no key update skip locked)`);
}
