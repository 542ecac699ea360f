import { createHmac } from 'node:crypto';
import { networkOf, type Clock, type Ctx, type Personal, type Reconciler } from '#base';

/**
 * A day's key goes when the day ended this long ago, so that no hash outlives its 90 days (RET-06). What was hashed
 * under it is noise then, in backups as well.
 */
const keptMs = 89 * 86_400_000;

/**
 * What stands for a network address where one must be kept: 128 bits of HMAC-SHA-256 over it (over its /64, for IPv6),
 * as hex, under a key of the installation that changes every day (UTC) and is destroyed before 90 days are over. So addresses can
 * be compared within one day, a known one can be looked for, and none can be read back.
 */
export async function addressHash(ctx: Pick<Ctx, 'keys'>, address: Personal): Promise<string> {
  const key = await ctx.keys.contentKey({ organisation: ctx.keys.id, kind: 'address', id: ctx.keys.id });
  const named = createHmac('sha256', key.secret).update(networkOf(address.reveal()), 'utf8');
  return named.digest('hex').slice(0, 32);
}

/** Destroys the keys of address hashes that would be 90 days old. */
export function addressKeySweeper(ctx: Pick<Ctx, 'keys'> & { readonly clock: Clock }): Reconciler {
  return {
    name: 'address-keys',
    everyMs: 3_600_000,
    sweeps: true,
    run: () => ctx.keys.destroyEpochs('address', ctx.clock.now() - keptMs),
  };
}
