import { iso, sql, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { giveOwnKeys } from './own-keys.ts';
import type { Ref, SweeperCtx } from './sweeper.ts';

/**
 * Destroys what was said in a call, and whose call it was. What came of it and has a time of its own (messages, leads,
 * appointments) is under keys of its own before the call's key goes. When, how long, with which agent and how it ended
 * stays. False when somebody else was faster.
 */
export async function emptyCall(ctx: SweeperCtx, ref: Ref): Promise<boolean> {
  const { organisation, id } = ref;
  await ctx.db.tenant(organisation, (tx) => giveOwnKeys(ctx, tx, ref));
  await ctx.keys.destroy({ organisation, kind: 'call', id });
  const emptied = await ctx.db.tenant(organisation, (tx) => clear(ctx, tx, ref));
  // Whoever was writing the summary at this moment may have made the key anew; what it sealed is cleared with the rest.
  if (emptied) await ctx.keys.destroy({ organisation, kind: 'call', id });
  return emptied;
}

async function clear(ctx: SweeperCtx, tx: Tx, { organisation, id }: Ref): Promise<boolean> {
  const emptied = await tx.run(sql`
    update app.calls set conversation = null, caller_number = null, caller_index = null, contact_id = null,
      summary = null, extraction = null, next_try_at = null, emptied_at = ${iso(ctx.clock.now())}
    where organisation_id = ${organisation} and id = ${id} and emptied_at is null`);
  if (emptied === 0) return false;
  await tx.run(sql`delete from app.call_entries where organisation_id = ${organisation} and call_id = ${id}`);
  await tx.run(sql`delete from app.tool_runs where organisation_id = ${organisation} and call_id = ${id}`);
  // Which tools were used tells what the call was about.
  await tx.run(sql`
    delete from app.call_decisions
    where organisation_id = ${organisation} and call_id = ${id} and what = 'tool'`);
  await record(ctx, tx, { organisation, actor: 'system', action: 'call.emptied', object: `call:${id}` });
  return true;
}
