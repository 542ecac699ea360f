import { iso, Outside, sql } from '#base';
import { record } from '#safeguards/audit';
import { merkleRoot } from '#tlog';
import { lockErasure, type EraseCtx, type ErasureRef, type Found } from './erasure.ts';
import { eachKind, type Targets } from './find.ts';
import { openAmong } from './key-ids.ts';
import { isBeingStored, removeObjects } from './objects.ts';
import { tell, wait } from './plan.ts';
import { countRows, deleteRows } from './rows.ts';
import { subjectsOf, targetsOf } from './targets.ts';

/**
 * Destroys what was found: its keys, which ends every copy wherever it is; then objects; then rows. Each part can be done
 * again, so whatever breaks it off is made up for. The keys go a second time behind the rows: whoever was writing a
 * summary at this moment may have made one anew.
 */
export async function destroy(ctx: EraseCtx, ref: ErasureRef): Promise<void> {
  await destroyKeys(ctx, ref);
  if (!(await withoutObjects(ctx, ref))) return;
  await deleteRows(ctx, ref);
  await destroyKeys(ctx, ref);
  await conclude(ctx, ref);
}

/** As long as there was a key that somebody had made anew, something could be read: the last time is the one that counts. */
async function destroyKeys({ db, keys, clock }: EraseCtx, ref: ErasureRef): Promise<void> {
  const { organisation, id } = ref;
  const targets = await db.tenant(organisation, (tx) => targetsOf(tx, ref));
  const destroyed = await keys.destroyAll(subjectsOf(ref, targets));
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.erasures set unreadable_at = ${iso(clock.now())}
      where organisation_id = ${organisation} and id = ${id} and (unreadable_at is null or ${destroyed > 0})`),
  );
}

/**
 * False while the object store does not do what it is asked, or the last seconds of a recording may still be on their way
 * to it: the rows that name the objects stay until then.
 */
async function withoutObjects(ctx: EraseCtx, ref: ErasureRef): Promise<boolean> {
  const { organisation } = ref;
  const { recording } = await ctx.db.tenant(organisation, (tx) => targetsOf(tx, ref));
  try {
    // Asked before: what comes while they are deleted counts as coming.
    const isStored = await ctx.db.tenant(organisation, (tx) => isBeingStored(ctx, tx, { organisation, recording }));
    await removeObjects(ctx, ref, recording);
    if (isStored) await ctx.db.tenant(organisation, (tx) => wait(ctx, tx, ref, 'object-store'));
    return !isStored;
  } catch (error) {
    if (!(error instanceof Outside)) throw error;
    await ctx.db.tenant(ref.organisation, (tx) => wait(ctx, tx, ref, 'object-store'));
    return false;
  }
}

/** Looks that nothing is left, and says so in the audit log. */
async function conclude(ctx: EraseCtx, ref: ErasureRef): Promise<void> {
  const { organisation, id } = ref;
  await ctx.db.tenant(organisation, async (tx) => {
    const erasure = await lockErasure(tx, ref);
    if (erasure?.state !== 'planned') return;
    const targets = await targetsOf(tx, ref);
    const after = await countRows(tx, organisation, targets);
    if (Object.values(after).some((count) => count > 0)) throw new Error('rows came to an erasure that had ended');
    const shared = await openAmong(ctx, organisation, erasure.found.keys ?? []);
    const found: Found = { ...erasure.found, after, shared };
    const at = ctx.clock.now();
    const { rows = {}, keys = [], objects = 0 } = found;
    const entry = await record(ctx, tx, {
      organisation,
      actor: 'system',
      action: 'erasure.done',
      object: `erasure:${id}`,
      details: { scope: erasure.scope, rows, objects, keys: keys.length - shared.length, root: rootOf(targets) },
    });
    await tx.run(sql`
      update app.erasures set state = 'erased', waits_for = 'processors', erased_at = ${iso(at)}, due_at = ${iso(at)},
        entry_id = ${entry}, found = ${JSON.stringify(found)}::jsonb
      where organisation_id = ${organisation} and id = ${id}`);
    tell(tx, erasure);
  });
}

/** So that it can be shown later of an id that it was among them, and nothing else of the others. */
function rootOf(targets: Targets): string {
  const ids = eachKind(targets).flatMap((kind) => kind.ids);
  return merkleRoot(ids.toSorted().map((id) => Buffer.from(id, 'utf8'))).toString('hex');
}
