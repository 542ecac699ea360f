import { createHmac } from 'node:crypto';
import { iso, problem, sql, type Id, type Personal, type Tx } from '#base';
import type { Sender, SignedIn } from '#edge';
import { addressIndex, instanceId } from '#safeguards/accounts';
import { record, senderDetails } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { openedColumn, identityOf } from './identities.ts';
import { membershipsOf } from './memberships.ts';
import { isOutdated, type Hasher, type Passwords } from './password-hash.ts';
import { contextWords, type PasswordRules } from './password-rules.ts';
import { endOtherSessions, renew } from './sessions.ts';
import { goOn } from './sign-in.ts';
import { clearTries, failedTry } from './tries.ts';
import type { FirstFactor, IdentityCtx, SignInState } from './types.ts';

type Senses = Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config'>;
type ByPassword = { readonly email: Personal; readonly password: Personal; readonly from: Sender };

/**
 * Signs in by a password. Throws `sign-in-refused` for an unknown address, one without a password and a wrong password,
 * after the same work: one hash and the same statements. Throws `sign-in-paused`, `busy`.
 */
export async function signInByPassword(
  ctx: Senses,
  passwords: Passwords,
  { email, password, from }: ByPassword,
): Promise<SignInState> {
  const index = await addressIndex(ctx, email);
  return passwords.turn(async (hasher) => {
    await failedTry(ctx, { email, from });
    const row = await ctx.db.tenant(instanceId, (tx) =>
      tx.maybe<{ id: Id; password_hash: Buffer | null }>(sql`
        select id, password_hash from app.identities
        where organisation_id = ${instanceId} and email_index = ${index}`),
    );
    const kept = row?.password_hash ?? undefined;
    const isRight = await hasher.check(password.reveal(), kept?.toString());
    if (!row || !kept || !isRight) throw await refused(ctx, index, from);
    const now = await upToDate(ctx, hasher, { identity: row.id, kept, password });
    return goOn(ctx, { identity: row.id, by: 'password', from }, (tx) => requirePassword(tx, row.id, now));
  });
}

/** Makes the hash anew when more is asked of one than when it was made. */
async function upToDate(
  ctx: Senses,
  hasher: Hasher,
  { identity, kept, password }: { readonly identity: Id; readonly kept: Buffer; readonly password: Personal },
): Promise<Buffer> {
  if (!isOutdated(kept.toString())) return kept;
  const made = Buffer.from(await hasher.make(password.reveal()));
  return ctx.db.tenant(instanceId, async (tx) => {
    const changed = await tx.run(sql`
      update app.identities set password_hash = ${made}
      where organisation_id = ${instanceId} and id = ${identity} and password_hash = ${kept}`);
    if (changed === 0) return kept;
    const object = `identity:${identity}` as const;
    await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'identity.changed', object });
    return made;
  });
}

/** The password that was shown is still the one: it may have been changed while it was being checked. */
async function requirePassword(tx: Tx, identity: Id, kept: Buffer): Promise<void> {
  const row = await tx.maybe(sql`
    select id from app.identities
    where organisation_id = ${instanceId} and id = ${identity} and password_hash = ${kept}`);
  if (!row) throw problem('sign-in-refused', wrong);
}

export type NewPassword = {
  readonly signedIn: SignedIn;
  /** Needed unless they have none, or have just signed in by something else. */
  readonly current: Personal | undefined;
  readonly password: Personal;
  readonly from: Sender;
};

/** How lately somebody must have signed in by a link or a passkey, or shown a second factor, to need no old password. */
const freshMs = 10 * 60_000;

/**
 * Sets or changes the password. All other sessions end, this one goes on under a new token, and the owner is told by
 * mail. Throws `input-invalid` for a password that is refused, `sign-in-refused` for a wrong current one,
 * `step-up-needed` when there is nothing to go by but the session.
 */
export async function setPassword(
  ctx: Senses,
  { passwords, rules }: { readonly passwords: Passwords; readonly rules: PasswordRules },
  given: NewPassword,
): Promise<{ token: string; expiresAt: number }> {
  const { identity, session } = given.signedIn;
  refuseWeak(rules, given.password, await contextOf(ctx, identity));
  await passwords.turn(async (hasher) => {
    const kept = await mayChange(ctx, hasher, given);
    const made = Buffer.from(await hasher.make(given.password.reveal()));
    await ctx.db.tenant(instanceId, async (tx) => {
      const changed = await tx.run(sql`
        update app.identities set password_hash = ${made}, password_changed_at = ${iso(ctx.clock.now())}
        where organisation_id = ${instanceId} and id = ${identity} and password_hash is not distinct from ${kept ?? null}`);
      if (changed === 0) throw problem('sign-in-refused', 'The password was changed meanwhile. Sign in again.');
      await afterwards(ctx, tx, given);
    });
  });
  return renew(ctx, session, { shown: given.signedIn.shown });
}

async function afterwards(ctx: Senses, tx: Tx, { signedIn, from }: NewPassword): Promise<void> {
  const { identity, session } = signedIn;
  await endOtherSessions(ctx, tx, { identity, keep: session });
  const { language } = await identityOf(tx, identity);
  const to = await openedColumn(ctx, tx, identity, 'email');
  await notify(ctx, tx, { organisation: instanceId, to, language, notice: { kind: 'password-changed' } });
  const actor = `identity:${identity}` as const;
  const details = await senderDetails(ctx, from);
  await record(ctx, tx, { organisation: instanceId, actor, action: 'password.changed', object: actor, details });
}

/** The hash that is to be replaced, once it is clear that they may. */
async function mayChange(ctx: Senses, hasher: Hasher, given: NewPassword): Promise<Buffer | undefined> {
  const { identity, freshAt } = given.signedIn;
  const row = await standing(ctx, given.signedIn);
  const kept = row.kept ?? undefined;
  if (given.current && kept) {
    await failedTry(ctx, { identity, from: given.from });
    if (!(await hasher.check(given.current.reveal(), kept.toString()))) throw await refused(ctx, row.index, given.from);
    await clearTries(ctx, { identity, from: given.from });
    return kept;
  }
  const since = ctx.clock.now() - freshMs;
  const isJustIn = (row.begun_by === 'link' || row.begun_by === 'passkey') && row.begun_at.getTime() >= since;
  const hasSteppedUp = row.second && (freshAt ?? 0) >= since;
  if (isJustIn || hasSteppedUp) return kept;
  throw problem(
    'step-up-needed',
    kept ? 'Give your current password too, or sign in by a link first.' : 'Sign in by a link first.',
  );
}

type Standing = {
  readonly kept: Buffer | null;
  readonly index: Buffer;
  readonly second: boolean;
  readonly begun_by: FirstFactor;
  readonly begun_at: Date;
};

/** What a change of the password depends on. Throws `sign-in-needed` for a session that has ended or another token. */
async function standing(ctx: Senses, { identity, session, shown }: SignedIn): Promise<Standing> {
  const row = await ctx.db.tenant(instanceId, (tx) =>
    tx.maybe<Standing>(sql`
      select i.password_hash as kept, i.email_index as index, i.second_factor as second, s.begun_by, s.begun_at
      from app.identities i join app.sessions s on s.organisation_id = i.organisation_id and s.identity_id = i.id
      where i.organisation_id = ${instanceId} and i.id = ${identity} and s.id = ${session}
        and s.token_hash = coalesce(${shown ?? null}::bytea, s.token_hash)`),
  );
  if (!row) throw problem('sign-in-needed', 'This session has ended. Sign in again.');
  return row;
}

/** Throws `input-invalid` for a password that is refused, saying what to do. */
export function refuseWeak(rules: PasswordRules, password: Personal, context: readonly string[]): void {
  const fix = rules(password.reveal(), context);
  if (fix !== undefined)
    throw problem('input-invalid', `The password ${fix}.`, { mistakes: [{ at: '/password', fix }] });
}

async function contextOf(ctx: Senses, identity: Id): Promise<string[]> {
  const own = await ctx.db.tenant(instanceId, async (tx) => [
    (await openedColumn(ctx, tx, identity, 'email')).reveal(),
    (await openedColumn(ctx, tx, identity, 'name')).reveal(),
  ]);
  return contextWords([...own, ...(await membershipsOf(ctx, identity)).map(({ name }) => name)]);
}

const wrong = 'The address or the password is wrong. A link by mail works without one.';

/** The same entry for every address, named by a hash of it, so that neither work nor record tells who exists. */
async function refused(ctx: Senses, index: Buffer, from: Sender) {
  const details = await senderDetails(ctx, from);
  await ctx.db.tenant(instanceId, (tx) =>
    record(ctx, tx, {
      organisation: instanceId,
      actor: 'system',
      action: 'sign-in.failed',
      object: `sign-in:${namedId(ctx, index)}`,
      details,
    }),
  );
  return problem('sign-in-refused', wrong);
}

/** A UUIDv8 (RFC 9562 §5.8) that stands for an address in the audit log. */
function namedId(ctx: Pick<IdentityCtx, 'keys'>, index: Buffer): Id {
  const bytes = createHmac('sha256', ctx.keys.derive('sign-in-name')).update(index).digest().subarray(0, 16);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
