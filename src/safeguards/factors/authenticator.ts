import { iso, newId, Personal, problem, sql, type Id, type Tx } from '#base';
import type { SignedIn } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { addressOf, renewFresh } from '#safeguards/identity';
import { holdForChange } from './hold-for-change.ts';
import { seal, unseal, type Place } from '#safeguards/vault';
import { changeFactors, type Changed } from './change-factors.ts';
import { base32, otpauthUri, stepShown } from './totp.ts';
import type { Acting, FactorCtx, Renewed } from './types.ts';

/** How long a secret that was shown waits for its first code. */
export const setUpMs = 15 * 60_000;

const secretBytes = 20;

/** What an authenticator app is set up with, shown once. */
export type NewSecret = { readonly secret: Personal; readonly uri: Personal };

/**
 * Begins to set up an authenticator app: nothing counts before `confirmTotp`. What was begun before and not confirmed is
 * gone; an app that is in use stays until then. Throws `step-up-needed` when there is a second factor already.
 */
export async function beginTotp(ctx: FactorCtx, signedIn: SignedIn): Promise<NewSecret> {
  const { identity } = signedIn;
  const secret = ctx.random.bytes(secretBytes);
  const id = newId(ctx);
  const sealed = await seal(ctx, subjectOf(identity), placeOf(id), new Personal(secret.toString('base64')));
  await ctx.db.tenant(instanceId, async (tx) => {
    await holdForChange(ctx, tx, signedIn);
    await tx.run(sql`
      delete from app.totp_secrets
      where organisation_id = ${instanceId} and identity_id = ${identity} and confirmed_at is null`);
    await tx.run(sql`
      insert into app.totp_secrets (organisation_id, id, identity_id, secret, created_at)
      values (${instanceId}, ${id}, ${identity}, ${sealed}, ${iso(ctx.clock.now())})`);
  });
  const account = await addressOf(ctx, identity);
  return { secret: new Personal(base32(secret)), uri: account.map((text) => otpauthUri({ secret, account: text })) };
}

/**
 * A right code proves that the app has the secret; from now on it counts, in place of the one before. The code counts as
 * used. The session goes on under a new token, fresh. Throws `second-factor-wrong`, `not-found` when nothing was begun
 * within a quarter of an hour, and `step-up-needed` as `changeFactors` does.
 */
export async function confirmTotp(ctx: FactorCtx, acting: Acting, code: string): Promise<Changed & Renewed> {
  const { identity, session } = acting.signedIn;
  const now = ctx.clock.now();
  const changed = await changeFactors(ctx, acting, async (tx) => {
    const row = await tx.maybe<SecretRow>(sql`
      select id, secret from app.totp_secrets
      where organisation_id = ${instanceId} and identity_id = ${identity} and confirmed_at is null
        and created_at > ${iso(now - setUpMs)}::timestamptz`);
    if (!row)
      throw problem(
        'not-found',
        'Nothing was begun within the last quarter of an hour. Begin with POST /api/v1/session/totp.',
      );
    const step = stepShown(await secretIn(ctx, row), code, now);
    if (step === undefined)
      throw problem('second-factor-wrong', 'That code does not fit. Is the clock of the phone right?');
    await removeIn(tx, identity);
    await tx.run(sql`
      update app.totp_secrets set confirmed_at = ${iso(now)}, last_step = ${step}
      where organisation_id = ${instanceId} and id = ${row.id}`);
    return { action: 'totp.added', object: `totp:${row.id}`, what: 'totp-added' };
  });
  return { ...changed, ...(await renewFresh(ctx, session)) };
}

/** Throws `not-found` when there is no authenticator app. */
export async function removeTotp(ctx: FactorCtx, acting: Acting): Promise<void> {
  const { identity } = acting.signedIn;
  await changeFactors(ctx, acting, async (tx) => {
    const id = await removeIn(tx, identity);
    if (id === undefined) throw problem('not-found', 'There is no authenticator app.');
    return { action: 'totp.removed', object: `totp:${id}`, what: 'totp-removed' };
  });
}

/**
 * True for a right code, once: PostgreSQL lets its step pass only when it is later than every one before, so of any
 * number who show the same code at once, in any process, one gets true.
 */
export async function useTotp(ctx: FactorCtx, identity: Id, code: string): Promise<boolean> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const row = await tx.maybe<SecretRow>(sql`
      select id, secret from app.totp_secrets
      where organisation_id = ${instanceId} and identity_id = ${identity} and confirmed_at is not null`);
    if (!row) return false;
    const step = stepShown(await secretIn(ctx, row), code, ctx.clock.now());
    if (step === undefined) return false;
    const used = await tx.run(sql`
      update app.totp_secrets set last_step = ${step}
      where organisation_id = ${instanceId} and id = ${row.id} and last_step < ${step}`);
    return used > 0;
  });
}

type SecretRow = { readonly id: Id; readonly secret: Buffer };

async function secretIn(ctx: FactorCtx, { id, secret }: SecretRow): Promise<Buffer> {
  return Buffer.from((await unseal(ctx, instanceId, placeOf(id), secret)).reveal(), 'base64');
}

/** Takes away the app in use; its id, when there was one. */
async function removeIn(tx: Tx, identity: Id): Promise<Id | undefined> {
  const row = await tx.maybe<{ id: Id }>(sql`
    delete from app.totp_secrets
    where organisation_id = ${instanceId} and identity_id = ${identity} and confirmed_at is not null
    returning id`);
  return row?.id;
}

/** The key of the person: it dies with their identity, and the secret with it. */
function subjectOf(identity: Id) {
  return { organisation: instanceId, kind: 'account', id: identity } as const;
}

function placeOf(row: Id): Place {
  return { table: 'totp_secrets', row, column: 'secret' };
}
