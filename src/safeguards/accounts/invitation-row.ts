import { createHmac } from 'node:crypto';
import { iso, problem, sql, type Ctx, type Id, type KeySubject, type Tx } from '#base';

/** The key that name and address of who is invited are sealed under; it dies with the invitation. */
export function invitationSubject(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'account', id };
}

export function invitationPlace(row: Id, column: 'name' | 'email') {
  return { table: 'invitations', row, column };
}

/** A fresh token of 32 random bytes, and what is kept of it. */
export function newToken(ctx: Pick<Ctx, 'random' | 'keys'>): { readonly token: string; readonly hash: Buffer } {
  const token = ctx.random.bytes(32).toString('base64url');
  return { token, hash: hashOfToken(ctx, token) };
}

/** HMAC-SHA-256 under a key that is not in the database. */
export function hashOfToken({ keys }: Pick<Ctx, 'keys'>, token: string): Buffer {
  return createHmac('sha256', keys.derive('invitation')).update(token).digest();
}

/** Ends an open invitation. Nothing about the person stays. */
export async function end(
  { clock }: Pick<Ctx, 'clock'>,
  tx: Tx,
  { organisation, id, state }: { readonly organisation: Id; readonly id: Id; readonly state: 'accepted' | 'withdrawn' },
): Promise<void> {
  await tx.run(sql`
    update app.invitations
    set state = ${state}, name = null, email = null, email_index = null, ended_at = ${iso(clock.now())}
    where organisation_id = ${organisation} and id = ${id}`);
}

/** What is told to who holds the link of an invitation that opens nothing any more. */
export function over(why: string) {
  return problem('invitation-over', `This invitation ${why}. Ask whoever invited you for another one.`);
}
