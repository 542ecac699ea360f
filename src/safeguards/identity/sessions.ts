import { iso, problem, sql, newId, type Clock, type Ctx, type Id, type Tx } from '#base';
import type { Sender, SignedIn } from '#edge';
import { instanceId, membershipHints, type Membership } from '#safeguards/accounts';
import { record, senderDetails, type Details } from '#safeguards/audit';
import { sealGiven } from '#safeguards/vault';
import { subjectOf } from './identities.ts';
import { enter } from './memberships.ts';
import { writeToken } from './token.ts';
import type { FirstFactor, IdentityCtx, NewSession } from './types.ts';
import { noticeAgent } from './unusual.ts';

type Senses = Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config' | 'prepare'>;

export type Beginning = {
  readonly identity: Id;
  readonly by: FirstFactor;
  readonly from: Sender;
  /** A second factor was shown just now. */
  readonly isFresh?: boolean;
};

/** More sessions than that nobody has; the one that was used least lately goes. */
const mostSessions = 50;

/**
 * Opens a session for somebody who has shown all their factors. They are in their oldest organisation, if they have one.
 * `guard` looks again, in the transaction, at what the sign-in rests on: a password that was changed meanwhile opens
 * nothing.
 */
export async function openSession(
  ctx: Senses,
  beginning: Beginning,
  guard: (tx: Tx) => Promise<void>,
): Promise<NewSession> {
  const { identity, by, from, isFresh = false } = beginning;
  const now = ctx.clock.now();
  const { token, hash } = writeToken(ctx, 'session');
  const id = newId(ctx);
  const [first] = await membershipHints(ctx, identity);
  const member = first && (await enter(ctx, { identity, organisation: first.organisation }));
  if (member) await ctx.prepare?.(member.organisation);
  const details = await senderDetails(ctx, from);
  await ctx.db.tenant(instanceId, async (tx) => {
    await lockIdentity(tx, identity, isFresh);
    await guard(tx);
    const agent = await sealGiven(ctx, subjectOf(identity), agentPlace(id), shortened(from));
    const kind = await noticeAgent(ctx, tx, identity, from);
    await tx.run(sql`
      insert into app.sessions (organisation_id, id, identity_id, token_hash, begun_by, begun_at, seen_at, fresh_at,
        member_organisation_id, member_id, member_role, agent, agent_kind)
      values (${instanceId}, ${id}, ${identity}, ${hash}, ${by}, ${iso(now)}, ${iso(now)}, ${isFresh ? iso(now) : null},
        ${member?.organisation ?? null}, ${member?.person ?? null}, ${member?.role ?? null}, ${agent}, ${kind})`);
    await tx.run(sql`
      delete from app.sessions where organisation_id = ${instanceId} and identity_id = ${identity} and id not in (
        select id from app.sessions where organisation_id = ${instanceId} and identity_id = ${identity}
        order by seen_at desc, id desc limit ${mostSessions})`);
    await recordOf(ctx, tx, { identity, session: id, action: 'session.begun', details: { ...details, by } });
  });
  return { token, expiresAt: now + limitsOf(ctx.config).absoluteMs, identity };
}

/** A new token and the moment of the second factor for a session whose owner has just shown one. The old token is dead. */
export async function renewFresh(ctx: Senses, session: Id): Promise<{ token: string; expiresAt: number }> {
  return renew(ctx, session, { isFresh: true });
}

/** The session goes on in another organisation, under a new token. `not-found` for one they do not belong to. */
export async function chooseOrganisation(
  ctx: Senses,
  given: Pick<SignedIn, 'identity' | 'session' | 'shown'> & { readonly organisation: Id },
): Promise<{ token: string; expiresAt: number }> {
  return renew(ctx, given.session, { member: await enter(ctx, given), shown: given.shown });
}

type Renewal = Pick<SignedIn, 'shown'> & { readonly isFresh?: boolean; readonly member?: Membership };

/**
 * A new token for a session. `sign-in-needed` when it has ended meanwhile, and when it has another token than the one
 * `shown`: whoever holds an old one must not take over what its owner has just made fresh.
 */
export async function renew(
  ctx: Senses,
  session: Id,
  { isFresh = false, member, shown }: Renewal = {},
): Promise<{ token: string; expiresAt: number }> {
  const { token, hash } = writeToken(ctx, 'session');
  const now = iso(ctx.clock.now());
  const { absoluteMs } = limitsOf(ctx.config);
  const begunAt = await ctx.db.tenant(instanceId, async (tx) => {
    const row = await tx.maybe<{ begun_at: Date; identity_id: Id }>(sql`
      update app.sessions set token_hash = ${hash}, seen_at = ${now},
        fresh_at = case when ${isFresh} then ${now}::timestamptz else fresh_at end,
        member_organisation_id = coalesce(${member?.organisation ?? null}::uuid, member_organisation_id),
        member_id = coalesce(${member?.person ?? null}::uuid, member_id),
        member_role = coalesce(${member?.role ?? null}::text, member_role)
      where organisation_id = ${instanceId} and id = ${session} and ${alive(ctx)}
        and token_hash = coalesce(${shown ?? null}::bytea, token_hash)
      returning begun_at, identity_id`);
    if (!row) throw problem('sign-in-needed', 'This session has ended. Sign in again.');
    await recordOf(ctx, tx, { identity: row.identity_id, session, action: 'session.refreshed' });
    return row.begun_at.getTime();
  });
  return { token, expiresAt: begunAt + absoluteMs };
}

/** In a transaction of the instance: that session is still one of theirs. Throws `sign-in-needed`. */
export async function requireSession(
  ctx: Pick<IdentityCtx, 'clock' | 'config'>,
  tx: Tx,
  { identity, session }: Ending,
): Promise<void> {
  const row = await tx.maybe(sql`
    select id from app.sessions
    where organisation_id = ${instanceId} and identity_id = ${identity} and id = ${session} and ${alive(ctx)}`);
  if (!row) throw problem('sign-in-needed', 'This session has ended. Sign in again.');
}

/** How long after a sign-in the first second factor may be added. */
export const justInMs = 10 * 60_000;

/** In a transaction of the instance: that session began within so long. */
export async function hasJustBegun(tx: Tx, session: Id, { clock, withinMs }: { clock: Clock; withinMs: number }) {
  const since = iso(clock.now() - withinMs);
  const row = await tx.maybe(sql`
    select id from app.sessions where organisation_id = ${instanceId} and id = ${session} and begun_at >= ${since}`);
  return row !== undefined;
}

type Ending = { readonly identity: Id; readonly session: Id };

/** Ends one session of that identity, with the next request of every process. False when there is no such session. */
export async function endSession(ctx: Senses, { identity, session }: Ending): Promise<boolean> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const ended = await tx.run(sql`
      delete from app.sessions
      where organisation_id = ${instanceId} and identity_id = ${identity} and id = ${session}`);
    if (ended > 0) await recordOf(ctx, tx, { identity, session, action: 'session.ended' });
    return ended > 0;
  });
}

/**
 * Ends all sessions of that identity but one, or all, and what was begun and not finished, in a transaction of the
 * instance: what a new password or another factor entails. Returns how many sessions there were.
 */
export async function endOtherSessions(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { identity, keep }: { readonly identity: Id; readonly keep: Id | undefined },
): Promise<number> {
  const ended = await tx.rows<{ id: Id }>(sql`
    delete from app.sessions
    where organisation_id = ${instanceId} and identity_id = ${identity} and id is distinct from ${keep ?? null}::uuid
    returning id`);
  await tx.run(sql`
    delete from app.pending_sign_ins where organisation_id = ${instanceId} and identity_id = ${identity}`);
  for (const { id } of ended) await recordOf(ctx, tx, { identity, session: id, action: 'session.ended' });
  return ended.length;
}

/** How long a session lives: without use, and altogether. */
export function limitsOf(config: Pick<Ctx['config'], 'sessionIdleHours' | 'sessionDays'>) {
  return { idleMs: config.sessionIdleHours * 3_600_000, absoluteMs: config.sessionDays * 86_400_000 };
}

/** Condition on a row of sessions: it has neither been idle nor lived too long. */
export function alive(ctx: Pick<IdentityCtx, 'clock' | 'config'>) {
  const now = ctx.clock.now();
  const { idleMs, absoluteMs } = limitsOf(ctx.config);
  return sql`seen_at > ${iso(now - idleMs)}::timestamptz and begun_at > ${iso(now - absoluteMs)}::timestamptz`;
}

export function agentPlace(row: Id) {
  return { table: 'sessions', row, column: 'agent' };
}

function shortened({ agent }: Sender) {
  return agent?.map((text) => text.slice(0, 200).toWellFormed());
}

/**
 * Whoever was removed, or got a second factor since the first was right, begins nothing. The lock holds off a change
 * until the session is there, so that what ends all sessions ends this one too.
 */
export async function lockIdentity(tx: Tx, identity: Id, isFresh: boolean): Promise<void> {
  const row = await tx.maybe<{ second_factor: boolean }>(sql`
    select second_factor from app.identities where organisation_id = ${instanceId} and id = ${identity} for share`);
  if (!row || (row.second_factor && !isFresh)) throw problem('sign-in-expired', 'Begin the sign-in again.');
}

type Told = {
  readonly identity: Id;
  readonly session: Id;
  readonly action: 'session.begun' | 'session.ended' | 'session.refreshed';
  readonly details?: Details;
};

async function recordOf(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { identity, session, action, details }: Told,
): Promise<void> {
  const actor = `identity:${identity}` as const;
  await record(ctx, tx, { organisation: instanceId, actor, action, object: `session:${session}`, details });
}
