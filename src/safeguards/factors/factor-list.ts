import type { SignedIn } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { factorsIn } from './factors.ts';
import { listOutside, type OutsideView } from './outside/links.ts';
import { listPasskeys, type PasskeyView } from './passkeys.ts';
import type { FactorCtx } from './types.ts';

/** All that somebody can sign in with besides a password and a link. */
export type FactorList = {
  readonly totp: boolean;
  readonly recoveryCodes: number;
  readonly passkeys: readonly PasskeyView[];
  readonly outside: readonly OutsideView[];
};

/** What somebody sees of their own factors. */
export async function listFactors(ctx: FactorCtx, { identity }: SignedIn): Promise<FactorList> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const actor = `identity:${identity}` as const;
    await record(ctx, tx, { organisation: instanceId, actor, action: 'read.factors', object: actor });
    const { hasTotp, recoveryCodes } = await factorsIn(tx, identity);
    const passkeys = await listPasskeys(ctx, tx, identity);
    return { totp: hasTotp, recoveryCodes, passkeys, outside: await listOutside(ctx, tx, identity) };
  });
}
