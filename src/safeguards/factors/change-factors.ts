import { problem, type Clock, type Id, type Tx } from '#base';
import { insistFresh } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { record, senderDetails, type Action, type AuditObject } from '#safeguards/audit';
import type { FactorChange } from '#safeguards/notices';
import { addressOf, endOtherSessions, hasJustBegun, holdIdentity, setSecondFactor } from '#safeguards/identity';
import { factorsIn } from './factors.ts';
import { endRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts';
import { tell } from './tell.ts';
import type { Acting, FactorCtx } from './types.ts';

/** What a change was, for the audit log and for the mail. */
export type Change = { readonly action: Action; readonly object: AuditObject; readonly what: FactorChange };

/** Codes to show once, when the change has made some. */
export type Changed = { readonly recoveryCodes: readonly string[] | undefined };

/**
 * Changes somebody's factors, one change after the other: `work` alters the rows and says what it did. In the same
 * transaction the change is audited and mailed, every other session and every sign-in under way ends, and from now on a
 * second factor is asked for exactly when there is one. The first one comes with recovery codes; without any they are
 * gone.
 *
 * The first factor needs a session that has just begun, because there is nothing else to show and a stolen session must
 * not become a lasting one; every later change needs a fresh one. Throws `step-up-needed` otherwise.
 */
export async function changeFactors(
  ctx: FactorCtx,
  { signedIn, from }: Acting,
  work: (tx: Tx) => Promise<Change>,
): Promise<Changed> {
  const { identity, session } = signedIn;
  const details = await senderDetails(ctx, from);
  const to = await addressOf(ctx, identity);
  return ctx.db.tenant(instanceId, async (tx) => {
    const { secondFactor } = await holdIdentity(tx, identity);
    if (secondFactor) insistFresh(signedIn, ctx.clock);
    else await insistJustIn(tx, session, ctx.clock);
    const { what, ...done } = await work(tx);
    const recoveryCodes = await settle(ctx, tx, { identity, hadOne: secondFactor });
    await endOtherSessions(ctx, tx, { identity, keep: session });
    await record(ctx, tx, { organisation: instanceId, actor: `identity:${identity}`, ...done, details });
    await tell(ctx, tx, { identity, to, what });
    if (recoveryCodes) await tell(ctx, tx, { identity, to, what: 'recovery-codes-made' });
    return { recoveryCodes };
  });
}

/** How long after a sign-in the first factor may be added. */
const justInMs = 10 * 60_000;

async function insistJustIn(tx: Tx, session: Id, clock: Clock): Promise<void> {
  if (await hasJustBegun(tx, session, { clock, withinMs: justInMs })) return;
  throw problem('step-up-needed', 'Sign in again: a first factor is added within ten minutes of that.');
}

async function settle(
  ctx: FactorCtx,
  tx: Tx,
  { identity, hadOne }: { readonly identity: Id; readonly hadOne: boolean },
): Promise<readonly string[] | undefined> {
  const { hasTotp, passkeys } = await factorsIn(tx, identity);
  const hasOne = hasTotp || passkeys > 0;
  if (hasOne !== hadOne) await setSecondFactor(tx, identity, hasOne);
  if (!hasOne) await endRecoveryCodes(tx, identity);
  return hasOne && !hadOne ? makeRecoveryCodes(ctx, tx, identity) : undefined;
}
