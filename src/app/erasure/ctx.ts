import type { Ctx } from '#base';
import type { ObjectStore } from '#adapters/objects';
import type { EraseCtx } from '#safeguards/erasure';
import { removeIdentity } from '#safeguards/identity';
import { phoneIndex } from '#secretary/contacts';

/** What an erasure stands on: the senses, where recordings lie, and by what a number is found again. */
export function eraseCtxOf(
  ctx: Pick<Ctx, 'config' | 'db' | 'keys' | 'clock' | 'random' | 'log'> & { readonly objects: ObjectStore },
): EraseCtx {
  const { config, db, keys, clock, random, log, objects } = ctx;
  const senses = { config, db, keys, clock, random, log, objects };
  return {
    ...senses,
    phoneIndex: (organisation, phone) => phoneIndex(ctx, organisation, phone),
    removeIdentity: (identity) => removeIdentity(ctx, identity),
  };
}
