import { sql } from '#base';
import { record } from '#safeguards/audit';
import type { Ref, SweeperCtx } from './sweeper.ts';

/** Deletes a message: its key, then its row. False when somebody else was faster. */
export async function deleteMessage(ctx: SweeperCtx, { organisation, id }: Ref): Promise<boolean> {
  await ctx.keys.destroy({ organisation, kind: 'message', id });
  return ctx.db.tenant(organisation, async (tx) => {
    const gone = await tx.run(sql`delete from app.messages where organisation_id = ${organisation} and id = ${id}`);
    if (gone === 0) return false;
    await record(ctx, tx, { organisation, actor: 'system', action: 'message.deleted', object: `message:${id}` });
    return true;
  });
}
