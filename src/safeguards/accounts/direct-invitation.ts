import type { Role } from '#access';
import { iso, newId, sql, type Ctx, type Id, type Personal } from '#base';
import { record } from '#safeguards/audit';
import { sealer } from '#safeguards/vault';
import { end, invitationPlace, invitationSubject, newToken } from './invitation-row.ts';
import { indexesOf } from './people.ts';

type Senses = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/** Nobody needs one of these for longer. */
const lifeMs = 10 * 60_000;

type Direct = {
  readonly organisation: Id;
  readonly email: Personal;
  readonly name: Personal;
  readonly role: Role;
};

/**
 * An invitation whose token goes to whoever calls and not into a mail: for the product's own canaries, who have no
 * mailbox. It is an invitation like any other, for ten minutes.
 */
export async function directInvitation(
  ctx: Senses,
  { organisation, email, name, role }: Direct,
): Promise<{ readonly id: Id; readonly token: string }> {
  const id = newId(ctx);
  const { token, hash } = newToken(ctx);
  const now = ctx.clock.now();
  const { index } = await indexesOf(ctx, organisation, email);
  const seals = await sealer(ctx, invitationSubject(organisation, id));
  await ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      insert into app.invitations (organisation_id, id, role, name, email, email_index, token_hash, state, created_at,
        sent_at, expires_at)
      values (${organisation}, ${id}, ${role}, ${seals(invitationPlace(id, 'name'), name)},
        ${seals(invitationPlace(id, 'email'), email)}, ${index}, ${hash}, 'open', ${iso(now)}, ${iso(now)},
        ${iso(now + lifeMs)})`);
    await record(ctx, tx, { organisation, actor: 'system', action: 'invitation.made', object: `invitation:${id}` });
  });
  return { id, token };
}

/** Ends it; nothing about the person stays. */
export async function endInvitation(
  ctx: Senses,
  { organisation, id }: { readonly organisation: Id; readonly id: Id },
): Promise<void> {
  await ctx.db.tenant(organisation, async (tx) => {
    await end(ctx, tx, { organisation, id, state: 'withdrawn' });
    await record(ctx, tx, {
      organisation,
      actor: 'system',
      action: 'invitation.withdrawn',
      object: `invitation:${id}`,
    });
  });
  await ctx.keys.destroy(invitationSubject(organisation, id));
}
