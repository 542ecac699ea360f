import { identifier, isProblem, sql, type Id } from '#base';
import { record } from '#safeguards/audit';
import { unseal } from '#safeguards/vault';
import type { EraseCtx, ErasureRef } from './erasure.ts';

/** Where a number that was left lies, and the hash by which it is found again. */
const numbers = [
  { table: 'messages', number: 'callback', index: 'callback_index' },
  { table: 'leads', number: 'phone', index: 'phone_index' },
  { table: 'appointments', number: 'phone', index: 'reach_index' },
] as const;

const atOnce = 200;

/** What cannot be opened any more has no number; so that nobody tries again, it gets a hash that no number has. */
const none = Buffer.alloc(0);

/**
 * Gives their hash to numbers that were left before there was one, so that a person can be found by them: once, a few at
 * a time. Returns how many got one.
 */
export async function indexNumbers(ctx: EraseCtx, ref: ErasureRef): Promise<number> {
  let done = 0;
  for (const one of numbers) {
    for (let some = atOnce; some === atOnce; done += some) some = await indexSome(ctx, ref, one);
  }
  return done;
}

async function indexSome(
  ctx: EraseCtx,
  { organisation, id: erasure }: ErasureRef,
  { table, number, index }: (typeof numbers)[number],
): Promise<number> {
  return ctx.db.tenant(organisation, async (tx) => {
    const rows = await tx.rows<{ id: Id; sealed: Buffer }>(sql`
      select id, ${identifier(number)} as sealed from ${identifier('app', table)}
      where organisation_id = ${organisation} and ${identifier(number)} is not null and ${identifier(index)} is null
      order by id limit ${atOnce} for no key update`);
    for (const { id, sealed } of rows) {
      const hash = await hashOf(ctx, organisation, { table, row: id, column: number }, sealed);
      await tx.run(sql`
        update ${identifier('app', table)} set ${identifier(index)} = ${hash}
        where organisation_id = ${organisation} and id = ${id}`);
    }
    const object = `erasure:${erasure}` as const;
    if (rows.length > 0) await record(ctx, tx, { organisation, actor: 'system', action: 'erasure.searched', object });
    return rows.length;
  });
}

async function hashOf(
  ctx: EraseCtx,
  organisation: Id,
  place: Parameters<typeof unseal>[2],
  sealed: Buffer,
): Promise<Buffer> {
  try {
    return await ctx.phoneIndex(organisation, await unseal(ctx, organisation, place, sealed));
  } catch (error) {
    if (isProblem(error, 'content-erased') || isProblem(error, 'content-damaged')) return none;
    throw error;
  }
}
