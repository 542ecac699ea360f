import type { Ctx, Id } from '#base';
import { keyWindows } from './key-schedule.ts';
import { keepingOf, type Keeping } from './keeping.ts';

/** Tells the keystore what is set. Can be repeated at any time. */
export async function assertKeySchedule(ctx: Pick<Ctx, 'keys' | 'db'>, organisation: Id): Promise<Keeping> {
  return ctx.db.tenant(organisation, async (tx) => {
    const keeping = await keepingOf(tx, organisation, { hold: true });
    await ctx.keys.keepFor(organisation, keyWindows(keeping.windows));
    return keeping;
  });
}
