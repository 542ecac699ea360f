import { iso, newId, problem, sql, type Id, type Tx } from '#base';
import type { Sender } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { identityOf } from './identities.ts';
import { lockIdentity, openSession, type Beginning } from './sessions.ts';
import { tokenHash, writeToken } from './token.ts';
import { clearTries } from './tries.ts';
import type { FirstFactor, IdentityCtx, NewSession, SignInState } from './types.ts';

type Senses = Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config'>;

/** What a started sign-in waits for its second factor. */
const pendingMs = 10 * 60_000;

/** Wrong second factors after which it must be started anew. */
const mostFailures = 5;

/**
 * Goes on after a right first factor: a session, or a wait for the second factor if the identity has one. `isFresh`
 * says that a second factor was shown along with the first, as a passkey does that verified its user.
 */
export async function beginSession(ctx: Senses, beginning: Beginning): Promise<SignInState> {
  return goOn(ctx, beginning, async () => {});
}

/** `beginSession` that looks again at what the first factor was checked against. */
export async function goOn(ctx: Senses, beginning: Beginning, guard: (tx: Tx) => Promise<void>): Promise<SignInState> {
  const { identity, by, from, isFresh = false } = beginning;
  const { secondFactor } = await ctx.db.tenant(instanceId, (tx) => identityOf(tx, identity));
  if (secondFactor && !isFresh) return { state: 'second-factor', pending: await wait(ctx, beginning, guard) };
  const session = await openSession(ctx, beginning, guard);
  if (by === 'password' || isFresh) await clearTries(ctx, { identity, from });
  return { state: 'signed-in', ...session };
}

/**
 * A right second factor was shown for a sign-in that waited for it: the session, fresh. Once: `sign-in-expired` for a
 * sign-in that is over, whoever was faster.
 */
export async function completeSignIn(ctx: Senses, pending: string, from: Sender): Promise<NewSession> {
  const { identity, by } = await pendingRow(ctx, pending);
  const session = await openSession(ctx, { identity, by, from, isFresh: true }, async (tx) => {
    const ended = await tx.run(sql`delete from app.pending_sign_ins where ${isPending(ctx, pending)}`);
    if (ended === 0) throw expired();
  });
  await clearTries(ctx, { identity, from });
  return session;
}

/**
 * Whose sign-in waits; `sign-in-expired` when none does (any more). Nothing is counted here: call `failedTry` before a
 * code is checked, and `pendingFailed` after a wrong one.
 */
export async function pendingIdentity(ctx: Pick<IdentityCtx, 'db' | 'keys' | 'clock'>, pending: string): Promise<Id> {
  return (await pendingRow(ctx, pending)).identity;
}

async function pendingRow(
  ctx: Pick<IdentityCtx, 'db' | 'keys' | 'clock'>,
  pending: string,
): Promise<{ readonly identity: Id; readonly by: FirstFactor }> {
  const row = await ctx.db.tenant(instanceId, (tx) =>
    tx.maybe<{ identity: Id; by: FirstFactor }>(sql`
      select identity_id as identity, begun_by as by from app.pending_sign_ins where ${isPending(ctx, pending)}`),
  );
  if (!row) throw expired();
  return row;
}

/** A wrong second factor was shown. After the fifth the sign-in is over. */
export async function pendingFailed(
  ctx: Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random'>,
  pending: string,
): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    const row = await tx.maybe<{ id: Id; identity_id: Id; failures: number }>(sql`
      update app.pending_sign_ins set failures = failures + 1 where ${isPending(ctx, pending)}
      returning id, identity_id, failures`);
    if (!row) return;
    if (row.failures >= mostFailures)
      await tx.run(sql`delete from app.pending_sign_ins where organisation_id = ${instanceId} and id = ${row.id}`);
    await record(ctx, tx, {
      organisation: instanceId,
      actor: 'system',
      action: 'sign-in.failed',
      object: `identity:${row.identity_id}`,
    });
  });
}

async function wait(ctx: Senses, { identity, by }: Beginning, guard: (tx: Tx) => Promise<void>): Promise<string> {
  const { token, hash } = writeToken(ctx, 'pending-sign-in');
  const until = iso(ctx.clock.now() + pendingMs);
  await ctx.db.tenant(instanceId, async (tx) => {
    await lockIdentity(tx, identity, true);
    await guard(tx);
    // Those that were left lying: at most a few wait at once.
    await tx.run(sql`
      delete from app.pending_sign_ins where organisation_id = ${instanceId} and identity_id = ${identity} and id not in (
        select id from app.pending_sign_ins where organisation_id = ${instanceId} and identity_id = ${identity}
        order by expires_at desc limit 4)`);
    await tx.run(sql`
      insert into app.pending_sign_ins (organisation_id, id, identity_id, token_hash, begun_by, failures, expires_at)
      values (${instanceId}, ${newId(ctx)}, ${identity}, ${hash}, ${by}, 0, ${until})`);
  });
  return token;
}

function isPending(ctx: Pick<IdentityCtx, 'keys' | 'clock'>, pending: string) {
  return sql`organisation_id = ${instanceId} and token_hash = ${tokenHash(ctx, 'pending-sign-in', pending)}
    and expires_at > ${iso(ctx.clock.now())}::timestamptz`;
}

function expired() {
  return problem('sign-in-expired', 'Begin the sign-in again.');
}
