import { iso, newId, sql, type Personal } from '#base';
import { addressIndex, instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { holdAddress, linkMs } from './links.ts';
import { writeToken } from './token.ts';
import type { IdentityCtx } from './types.ts';

/**
 * A sign-in link whose token goes to whoever calls and not into a mail: for the product's own canaries, who have no
 * mailbox. It is a link like any other: once, for 30 minutes.
 */
export async function directLink(
  ctx: Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random'>,
  email: Personal,
): Promise<string> {
  const id = newId(ctx);
  const now = ctx.clock.now();
  const index = await addressIndex(ctx, email);
  const { token, hash } = writeToken(ctx, 'sign-in-link');
  await ctx.db.tenant(instanceId, async (tx) => {
    await holdAddress(tx, index);
    await tx.run(sql`
      insert into app.sign_in_links (organisation_id, id, kind, email_index, asked_at, handled_at, token_hash, expires_at)
      values (${instanceId}, ${id}, 'sign-in', ${index}, ${iso(now)}, ${iso(now)}, ${hash}, ${iso(now + linkMs)})`);
    await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'link.asked', object: `link:${id}` });
  });
  return token;
}
