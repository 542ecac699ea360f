import { timingSafeEqual } from 'node:crypto';
import { iso, sql, type Ctx, type Id, type Personal } from '#base';
import { unsealKept } from '#safeguards/vault';
import { hashOfToken, invitationPlace } from './invitation-row.ts';
import { organisation as load } from './organisations.ts';

/** Who was invited, as whoever invited them wrote it. `language` is that of the organisation. */
export type Invited = { readonly email: Personal; readonly name: Personal; readonly language: string };

/**
 * Whom the token of an invitation was mailed to, while it can be accepted: whoever shows it has proven the address.
 * Undefined for every other token. Accepting it is another step.
 */
export async function invitedBy(ctx: Pick<Ctx, 'db' | 'keys' | 'clock'>, token: string): Promise<Invited | undefined> {
  const hash = hashOfToken(ctx, token);
  const [found] = await ctx.db.find<{ organisation_id: Id; id: Id }>(
    sql`select organisation_id, id from sec.invitation(${hash})`,
  );
  if (!found) return undefined;
  const { organisation_id: organisation, id } = found;
  return ctx.db.tenant(organisation, async (tx) => {
    const row = await tx.maybe<{ name: Buffer; email: Buffer; token_hash: Buffer }>(sql`
      select name, email, token_hash from app.invitations
      where organisation_id = ${organisation} and id = ${id} and state = 'open' and expires_at > ${iso(ctx.clock.now())}`);
    if (!row || !timingSafeEqual(row.token_hash, hash)) return undefined;
    const email = await unsealKept(ctx, organisation, invitationPlace(id, 'email'), row.email);
    const name = await unsealKept(ctx, organisation, invitationPlace(id, 'name'), row.name);
    return email && name ? { email, name, language: (await load(tx, organisation)).language } : undefined;
  });
}
