import { identifier, iso, newId, sql, type Id, type Sql, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { askProcessors } from '#safeguards/processors';
import { homes, kinds, partsOfCall } from './belongings.ts';
import { lockErasure, type EraseCtx, type ErasureRef, type Found, type LockedErasure } from './erasure.ts';
import { eachKind, findLate, type Targets } from './find.ts';
import { keyIdsOf } from './key-ids.ts';
import { emptyRepeats } from './repeats.ts';
import { addTargets, targetsOf } from './targets.ts';

/**
 * Deletes the rows, all in one transaction: what was found, and what has come to it since. What processors have to delete
 * is put down before the calls go that tell of it. Done again it finds nothing.
 */
export async function deleteRows(ctx: EraseCtx, ref: ErasureRef): Promise<void> {
  await ctx.db.tenant(ref.organisation, async (tx) => {
    const erasure = await lockErasure(tx, ref);
    if (erasure?.state !== 'planned') return;
    const targets = await findLate(tx, erasure, await targetsOf(tx, ref));
    await addTargets(tx, ref, targets);
    const keys = await keyIdsOf(tx, ref.organisation, targets);
    await askProcessors(ctx, tx, { organisation: ref.organisation, calls: targets.call, erasure: ref.id });
    await tellScreens(tx, ref, targets);
    const counted = await deleteEach(tx, ref.organisation, await targetsOf(tx, ref));
    const repeats = await emptyRepeats(ctx, tx, erasure, targets);
    await suppress(ctx, tx, erasure);
    await keep(tx, erasure, { rows: { ...counted, repeats }, keys });
    await record(ctx, tx, {
      organisation: ref.organisation,
      actor: 'system',
      action: 'erasure.emptied',
      object: `erasure:${ref.id}`,
    });
  });
}

/** How many rows of each table are there still. */
export async function countRows(tx: Tx, organisation: Id, targets: Targets): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, where } of tablesOf(targets)) {
    const { count } = await tx.one<{ count: number }>(sql`
      select count(*) as count from ${identifier('app', table)} where organisation_id = ${organisation} and ${where}`);
    counts[table] = count;
  }
  return counts;
}

async function deleteEach(tx: Tx, organisation: Id, targets: Targets): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, where } of tablesOf(targets)) {
    counts[table] = await tx.run(
      sql`delete from ${identifier('app', table)} where organisation_id = ${organisation} and ${where}`,
    );
  }
  return counts;
}

/** Every table with the condition of its rows, those that name others first. */
function tablesOf(targets: Targets): readonly { readonly table: string; readonly where: Sql }[] {
  const parts = partsOfCall.map((table) => ({ table, where: sql`call_id = any(${targets.call}::uuid[])` }));
  const own = kinds.map((kind) => ({ table: homes[kind].table, where: sql`id = any(${targets[kind]}::uuid[])` }));
  return [...parts, ...own];
}

/** Whoever has it on their screen looks again. Whose own it was is told without a name, for it is nobody's any more. */
async function tellScreens(tx: Tx, { organisation }: ErasureRef, targets: Targets): Promise<void> {
  const owners = await tx.rows<{ id: Id }>(sql`
    select distinct assigned_to as id from app.calls
    where organisation_id = ${organisation} and id = any(${targets.call}::uuid[]) and assigned_to is not null`);
  for (const { id } of owners) tx.tell(`own:${id}`);
  for (const { kind, ids } of eachKind(targets)) for (const id of ids) tx.tell(`${kind}:${id}`);
}

/** So that an erased person is never contacted again, the hash of their number stays, and nothing else. */
async function suppress(ctx: EraseCtx, tx: Tx, { organisation, phoneIndex }: LockedErasure): Promise<void> {
  if (!phoneIndex) return;
  await tx.run(sql`
    insert into app.suppressions (organisation_id, id, phone_index, reason, created_at)
    values (${organisation}, ${newId(ctx)}, ${phoneIndex}, 'erased', ${iso(ctx.clock.now())})
    on conflict (organisation_id, phone_index) do nothing`);
}

/** Whatever broke off an earlier run, what it had counted counts. */
async function keep(tx: Tx, erasure: LockedErasure, fresh: Required<Pick<Found, 'rows' | 'keys'>>): Promise<void> {
  const { organisation, id, found } = erasure;
  const rows = Object.fromEntries(
    Object.entries(fresh.rows).map(([table, count]) => [table, count + (found.rows?.[table] ?? 0)]),
  );
  const keys = [...new Set([...(found.keys ?? []), ...fresh.keys])].toSorted();
  const all: Found = { ...found, rows, keys };
  await tx.run(sql`
    update app.erasures set found = ${JSON.stringify(all)}::jsonb where organisation_id = ${organisation} and id = ${id}`);
}
