import type { Id, Personal, Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { identityOf } from '#safeguards/identity';
import { notify, type FactorChange } from '#safeguards/notices';
import type { FactorCtx } from './types.ts';

type Told = { readonly identity: Id; readonly to: Personal; readonly what: FactorChange };

/** Tells somebody by mail what became of a factor of theirs, in the transaction of the instance in which it did. */
export async function tell(ctx: FactorCtx, tx: Tx, { identity, to, what }: Told): Promise<void> {
  const { language } = await identityOf(tx, identity);
  await notify(ctx, tx, { organisation: instanceId, to, language, notice: { kind: 'factor-changed', what } });
}
