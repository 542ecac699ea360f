import { grantsOfRole, type Role } from '#access';
import { iso, sql, type Id } from '#base';
import type { Asker, Sender, Who } from '#edge';
import { instanceId, memberOf } from '#safeguards/accounts';
import { endSession, alive } from './sessions.ts';
import { tokenHash } from './token.ts';
import type { IdentityCtx } from './types.ts';

type SessionRow = {
  readonly id: Id;
  readonly identity_id: Id;
  readonly seen_at: Date;
  readonly fresh_at: Date | null;
  readonly member_organisation_id: Id | null;
  readonly member_id: Id | null;
  readonly member_role: Role | null;
};

/** How often the last use is written down. */
const noticeMs = 60_000;

/**
 * Who is signed in with that token, looked up anew for every request, so that what was revoked is over in every process
 * with the next one. Undefined for every token that does not count, whatever the reason.
 *
 * A session whose person was removed from its organisation ends here. One whose role has changed goes on without the
 * organisation until it is chosen again, which gives it a new token. An idle look is no use of the session: one that
 * nobody uses is over in time, whatever still shows it.
 */
export async function askerBySession(
  ctx: Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config'>,
  token: string,
  _from: Sender,
  { isIdle = false } = {},
): Promise<Asker | undefined> {
  if (!/^[\w-]{43}$/.test(token)) return undefined;
  const shown = tokenHash(ctx, 'session', token);
  const row = await liveSession(ctx, shown, isIdle);
  if (!row) return undefined;
  const { id: session, identity_id: identity } = row;
  const who = await memberAsking(ctx, row);
  if (who === 'removed') {
    await endSession(ctx, { identity, session });
    return undefined;
  }
  return { who, signedIn: { identity, session, freshAt: row.fresh_at?.getTime(), shown } };
}

async function liveSession(
  ctx: Pick<IdentityCtx, 'db' | 'clock' | 'config'>,
  shown: Buffer,
  isIdle: boolean,
): Promise<SessionRow | undefined> {
  const now = ctx.clock.now();
  return ctx.db.tenant(instanceId, async (tx) => {
    const row = await tx.maybe<SessionRow>(sql`
      select id, identity_id, seen_at, fresh_at, member_organisation_id, member_id, member_role from app.sessions
      where organisation_id = ${instanceId} and token_hash = ${shown} and ${alive(ctx)}`);
    if (row && !isIdle && now - row.seen_at.getTime() >= noticeMs)
      await tx.run(sql`
        update app.sessions set seen_at = greatest(seen_at, ${iso(now)}::timestamptz)
        where organisation_id = ${instanceId} and id = ${row.id}`);
    return row;
  });
}

async function memberAsking(ctx: Pick<IdentityCtx, 'db'>, row: SessionRow): Promise<Who | 'removed' | undefined> {
  const { member_organisation_id: organisation, identity_id: identity } = row;
  if (organisation === null) return undefined;
  const member = await ctx.db.tenant(organisation, (tx) => memberOf(tx, organisation, identity));
  if (!member || member.person !== row.member_id) return 'removed';
  if (member.role !== row.member_role) return undefined;
  return { organisation, actor: `person:${member.person}`, grants: grantsOfRole(member.role) };
}
