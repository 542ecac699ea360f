import { isProblem, problem, type Id } from '#base';
import type { Sender } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { record, senderDetails } from '#safeguards/audit';
import {
  clearTries,
  completeSignIn,
  failedTry,
  goOn,
  pendingFailed,
  pendingIdentity,
  renewFresh,
  type NewSession,
  type SignInState,
} from '#safeguards/identity';
import { useTotp } from './authenticator.ts';
import type { Purpose } from './challenges.ts';
import { factorsIn } from './factors.ts';
import type { Assertion, RequestOptions } from './passkey-shapes.ts';
import { requirePasskey } from './passkeys.ts';
import { useRecoveryCode } from './recovery-codes.ts';
import { passkeyRequest, showPasskey } from './show-passkey.ts';
import type { Acting, FactorCtx, Renewed, Showing } from './types.ts';

/** One of these. */
export type Shown = {
  readonly code?: string;
  readonly recoveryCode?: string;
  readonly passkey?: Assertion;
};

/** What somebody can show as a second factor. `passkey` is for the browser. */
export type Choices = {
  readonly totp: boolean;
  readonly recoveryCodes: boolean;
  readonly passkey: RequestOptions | null;
};

/** A passkey alone signs in: it is something one has, and it has verified who holds it. It passes a lock. */
export async function signInByPasskey(ctx: FactorCtx, passkey: Assertion, from: Sender): Promise<SignInState> {
  const { id, identity } = await showPasskey(ctx, { purpose: { for: 'sign-in' }, passkey, from });
  return goOn(ctx, { identity, by: 'passkey', from, isFresh: true }, (tx) => requirePasskey(tx, id));
}

/** What a sign-in that waits can be gone on with. Throws `sign-in-expired`. */
export async function choicesOfPending(ctx: FactorCtx, pending: string): Promise<Choices> {
  return choices(ctx, await pendingIdentity(ctx, pending), { for: 'second-factor', pending });
}

/**
 * Ends a sign-in that waits for its second factor. Throws `sign-in-expired`, `sign-in-paused`, and `second-factor-wrong`
 * or `passkey-refused`, of which the fifth ends the sign-in.
 */
export async function endSignIn(ctx: FactorCtx, pending: string, shown: Shown, from: Sender): Promise<NewSession> {
  const one = onlyOne(shown);
  const identity = await pendingIdentity(ctx, pending);
  await accept(ctx, { identity, from, purpose: { for: 'second-factor', pending } }, one).catch(
    async (error: unknown) => {
      if (isWrong(error)) await pendingFailed(ctx, pending);
      throw error;
    },
  );
  return completeSignIn(ctx, pending, from);
}

/** What somebody who is signed in can show to be trusted with more. */
export async function choicesOfSession(ctx: FactorCtx, { signedIn }: Acting): Promise<Choices> {
  return choices(ctx, signedIn.identity, { for: 'fresh', session: signedIn.session });
}

/**
 * Makes the session fresh, under a new token. Throws `step-up-needed` for somebody who has no second factor: what needs
 * a fresh session needs one, and adding the first makes the session fresh.
 */
export async function stepUp(ctx: FactorCtx, { signedIn, from }: Acting, shown: Shown): Promise<Renewed> {
  const one = onlyOne(shown);
  const { identity, session } = signedIn;
  const { hasTotp, passkeys } = await ctx.db.tenant(instanceId, (tx) => factorsIn(tx, identity));
  if (!hasTotp && passkeys === 0) {
    throw problem('step-up-needed', 'You have no second factor. Add a passkey or an authenticator app first.');
  }
  await accept(ctx, { identity, from, purpose: { for: 'fresh', session } }, one).catch(async (error: unknown) => {
    if (isWrong(error)) await recordWrong(ctx, { identity, from });
    throw error;
  });
  const renewed = await renewFresh(ctx, session);
  await clearTries(ctx, { identity, from });
  return renewed;
}

async function choices(ctx: FactorCtx, identity: Id, purpose: Purpose): Promise<Choices> {
  const counts = await ctx.db.tenant(instanceId, (tx) => factorsIn(tx, identity));
  const passkey = counts.passkeys === 0 ? null : await passkeyRequest(ctx, purpose, identity).catch(nowhere);
  return { totp: counts.hasTotp, recoveryCodes: counts.recoveryCodes > 0, passkey };
}

/** Under an address no passkey can be asked for; whoever has something else goes on with that. */
function nowhere(error: unknown): null {
  if (isProblem(error, 'passkeys-need-name')) return null;
  throw error;
}

type One = { readonly code: string } | { readonly recoveryCode: string } | { readonly passkey: Assertion };

function onlyOne({ code, recoveryCode, passkey }: Shown): One {
  const given: One[] = [
    ...(code === undefined ? [] : [{ code }]),
    ...(recoveryCode === undefined ? [] : [{ recoveryCode }]),
    ...(passkey === undefined ? [] : [{ passkey }]),
  ];
  const [one] = given;
  if (one && given.length === 1) return one;
  throw problem('input-invalid', 'Show one thing: code, recoveryCode or passkey.');
}

/** What can be guessed is counted before it is looked at, apart from passwords; a passkey cannot be guessed. */
async function accept(ctx: FactorCtx, showing: Showing & { readonly purpose: Purpose }, one: One): Promise<void> {
  const { identity, from, purpose } = showing;
  if ('passkey' in one) {
    await showPasskey(ctx, { purpose, passkey: one.passkey, from, identity });
    return;
  }
  await failedTry(ctx, { identity, from, isSecond: true });
  const isRight =
    'code' in one ? await useTotp(ctx, identity, one.code) : await useRecoveryCode(ctx, showing, one.recoveryCode);
  if (!isRight)
    throw problem(
      'second-factor-wrong',
      'That is not right, or was used already. Wait for the next code, or show a recovery code.',
    );
}

function isWrong(error: unknown): boolean {
  return isProblem(error, 'second-factor-wrong') || isProblem(error, 'passkey-refused');
}

async function recordWrong(ctx: FactorCtx, { identity, from }: Showing): Promise<void> {
  const details = await senderDetails(ctx, from);
  const object = `identity:${identity}` as const;
  await ctx.db.tenant(instanceId, (tx) =>
    record(ctx, tx, { organisation: instanceId, actor: object, action: 'sign-in.failed', object, details }),
  );
}
