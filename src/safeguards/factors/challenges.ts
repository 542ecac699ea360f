import { createHmac } from 'node:crypto';
import { canonical, iso, sql, type Id } from '#base';
import { instanceId } from '#safeguards/accounts';
import type { FactorCtx } from './types.ts';

/** What a passkey is asked for, and by whom: an answer for one counts for no other. */
export type Purpose =
  | { readonly for: 'register' | 'fresh'; readonly session: Id }
  | { readonly for: 'second-factor'; readonly pending: string }
  | { readonly for: 'sign-in' };

/** How long an authenticator has for its answer, in milliseconds. */
export const challengeMs = 5 * 60_000;

/** 32 random bytes, base64url, that an authenticator is to sign within five minutes. */
export async function newChallenge(ctx: FactorCtx, purpose: Purpose): Promise<string> {
  const challenge = ctx.random.bytes(32).toString('base64url');
  const until = iso(ctx.clock.now() + challengeMs);
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      insert into app.passkey_challenges (organisation_id, challenge_hash, expires_at)
      values (${instanceId}, ${hashOf(ctx, purpose, challenge)}, ${until})`),
  );
  return challenge;
}

/** True once for a challenge that was given for just that, and never again: whoever comes first takes the row. */
export async function takeChallenge(ctx: FactorCtx, purpose: Purpose, challenge: string): Promise<boolean> {
  const taken = await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      delete from app.passkey_challenges
      where organisation_id = ${instanceId} and challenge_hash = ${hashOf(ctx, purpose, challenge)}
        and expires_at > ${iso(ctx.clock.now())}::timestamptz`),
  );
  return taken > 0;
}

/** The hash covers what the challenge is for, so that a row can only be found for that. */
function hashOf({ keys }: Pick<FactorCtx, 'keys'>, purpose: Purpose, challenge: string): Buffer {
  return createHmac('sha256', keys.derive('passkey-challenge'))
    .update(canonical([purpose, challenge]))
    .digest();
}
