import { errorWords, iso, sql, type Id, type Reconciler } from '#base';
import { askErasure } from './ask.ts';
import type { EraseCtx } from './erasure.ts';

/** Asks for the erasure of organisations whose day has come; the eraser carries it out. Each is asked for once. */
export function closer(ctx: EraseCtx): Reconciler {
  return {
    name: 'closing',
    everyMs: 60_000,
    sweeps: true,
    async run() {
      const due = await ctx.db.find<{ id: Id }>(sql`select id from sec.organisations_closing(${iso(ctx.clock.now())})`);
      let asked = 0;
      for (const { id } of due) asked += (await attempt(ctx, id)) ? 1 : 0;
      return asked;
    },
  };
}

/** One that fails keeps no other from its end. */
async function attempt(ctx: EraseCtx, organisation: Id): Promise<boolean> {
  try {
    const isAsked = await ctx.db.tenant(organisation, (tx) =>
      tx.maybe(sql`
        select from app.erasures
        where organisation_id = ${organisation} and scope = 'organisation' and state <> 'done' limit 1`),
    );
    if (isAsked) return false;
    await askErasure(ctx, { organisation, what: { organisation: true }, by: 'system' });
    return true;
  } catch (error) {
    ctx.log('reconciler.failed', { name: 'closing', organisation, ...errorWords(error) });
    return false;
  }
}
