import { problem, type Tx } from '#base';
import { insistFresh, type SignedIn } from '#edge';
import { hasJustBegun, holdIdentity, justInMs } from '#safeguards/identity';
import type { FactorCtx } from './types.ts';

/**
 * Holds the identity for the rest of the transaction and says whether it has a second factor. The first one needs a
 * session that has just begun, because there is nothing else to show and a stolen session must not become a lasting one;
 * whoever has one changes factors in a fresh session. Throws `step-up-needed` otherwise.
 */
export async function holdForChange(
  { clock }: Pick<FactorCtx, 'clock'>,
  tx: Tx,
  signedIn: SignedIn,
): Promise<{ readonly hasOne: boolean }> {
  const { secondFactor: hasOne } = await holdIdentity(tx, signedIn.identity);
  if (hasOne) insistFresh(signedIn, clock);
  else if (!(await hasJustBegun(tx, signedIn.session, { clock, withinMs: justInMs })))
    throw problem('step-up-needed', 'Sign in again: a first factor is added within ten minutes of that.');
  return { hasOne };
}
