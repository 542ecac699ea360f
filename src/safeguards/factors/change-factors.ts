import type { Id, Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, senderDetails, type Action, type AuditObject } from '#safeguards/audit';
import type { FactorChange } from '#safeguards/notices';
import { addressOf, endOtherSessions, setSecondFactor } from '#safeguards/identity';
import { factorsIn } from './factors.ts';
import { holdForChange } from './hold-for-change.ts';
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
 * gone. Throws `step-up-needed` as `holdForChange` does.
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
    const { hasOne: hadOne } = await holdForChange(ctx, tx, signedIn);
    const { what, ...done } = await work(tx);
    const recoveryCodes = await settle(ctx, tx, { identity, hadOne });
    await endOtherSessions(ctx, tx, { identity, keep: session });
    await record(ctx, tx, { organisation: instanceId, actor: `identity:${identity}`, ...done, details });
    await tell(ctx, tx, { identity, to, what });
    if (recoveryCodes) await tell(ctx, tx, { identity, to, what: 'recovery-codes-made' });
    return { recoveryCodes };
  });
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
