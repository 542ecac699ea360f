import { problem } from '#base';
import { changeFactors } from './change-factors.ts';
import { factorsIn } from './factors.ts';
import { makeRecoveryCodes } from './recovery-codes.ts';
import type { Acting, FactorCtx } from './types.ts';

/**
 * Ten new codes in place of the old ones. Throws `not-found` for somebody who has no second factor: there is nothing to
 * recover.
 */
export async function remakeRecoveryCodes(ctx: FactorCtx, acting: Acting): Promise<readonly string[]> {
  const { identity } = acting.signedIn;
  const made: string[] = [];
  await changeFactors(ctx, acting, async (tx) => {
    const { hasTotp, passkeys } = await factorsIn(tx, identity);
    if (!hasTotp && passkeys === 0) {
      throw problem('not-found', 'Add a passkey or an authenticator app; recovery codes come with it.');
    }
    made.push(...(await makeRecoveryCodes(ctx, tx, identity)));
    return { action: 'recovery-codes.made', object: `identity:${identity}`, what: 'recovery-codes-made' };
  });
  return made;
}
