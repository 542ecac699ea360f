import { createHmac } from 'node:crypto';
import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, senderDetails } from '#safeguards/audit';
import { addressOf } from '#safeguards/identity';
import { tell } from './tell.ts';
import type { FactorCtx, Showing } from './types.ts';

/** How many there are at once. */
export const recoveryCodeCount = 10;

/** Crockford's letters: none that is taken for another. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 120 random bits, more than anybody guesses and more than ASVS 6.5.2 asks of what is hashed without a salt of its own. */
const letters = 24;

/**
 * Makes ten codes and ends all before, in a transaction of the instance. They are shown once: only a keyed hash of each
 * is stored.
 */
export async function makeRecoveryCodes(
  ctx: Pick<Ctx, 'random' | 'keys' | 'clock'>,
  tx: Tx,
  identity: Id,
): Promise<readonly string[]> {
  await endRecoveryCodes(tx, identity);
  const codes = Array.from({ length: recoveryCodeCount }, () => writeCode(ctx.random.bytes(letters)));
  await tx.run(sql`
    insert into app.recovery_codes (organisation_id, identity_id, code_hash, created_at)
    select ${instanceId}, ${identity}, hash, ${iso(ctx.clock.now())}
    from unnest(${codes.map((code) => hashOf(ctx, identity, code))}::bytea[]) as hash`);
  return codes;
}

/** Without a second factor there is nothing to recover: all codes end. */
export async function endRecoveryCodes(tx: Tx, identity: Id): Promise<void> {
  await tx.run(sql`
    delete from app.recovery_codes where organisation_id = ${instanceId} and identity_id = ${identity}`);
}

/**
 * Uses a code up. Of any number who show the same one, one gets true. The owner is told by mail, since whoever has a
 * code may be somebody else.
 */
export async function useRecoveryCode(ctx: FactorCtx, { identity, from }: Showing, code: string): Promise<boolean> {
  const details = await senderDetails(ctx, from);
  const to = await addressOf(ctx, identity);
  return ctx.db.tenant(instanceId, async (tx) => {
    const used = await tx.run(sql`
      delete from app.recovery_codes
      where organisation_id = ${instanceId} and identity_id = ${identity} and code_hash = ${hashOf(ctx, identity, code)}`);
    if (used === 0) return false;
    const actor = `identity:${identity}` as const;
    await record(ctx, tx, { organisation: instanceId, actor, action: 'recovery-code.used', object: actor, details });
    await tell(ctx, tx, { identity, to, what: 'recovery-code-used' });
    return true;
  });
}

/** Groups of four: `k7f2-9xqm-…`. Five bits of each byte are used, so every letter is as likely as any other. */
function writeCode(bytes: Buffer): string {
  const text = Array.from(bytes, (byte) => alphabet[byte & 31]).join('');
  return (text.match(/.{4}/g) ?? []).join('-');
}

/** Case, blanks and dashes count for nothing, and letters that look like digits are those digits. */
function hashOf({ keys }: Pick<Ctx, 'keys'>, identity: Id, code: string): Buffer {
  const plain = code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return createHmac('sha256', keys.derive('recovery-code')).update(`${identity} ${plain}`).digest();
}
