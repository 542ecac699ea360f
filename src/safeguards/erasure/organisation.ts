import { iso, Outside, sql, type Id, type Tx } from '#base';
import { objectFolders } from '#adapters/objects';
import { record } from '#safeguards/audit';
import { areSettled, askProcessors } from '#safeguards/processors';
import { lockErasure, type EraseCtx, type ErasureRef, type Found } from './erasure.ts';
import { countObjects, deleteObjects, isBeingStored } from './objects.ts';
import { noteBegun, tell, wait } from './plan.ts';
import { shutOrganisation } from './shut-organisation.ts';
import { countBelow, credentials, deleteSome, tablesBelow } from './tables.ts';

/** Calls that processors are asked about in one transaction. */
const callsAtOnce = 1_000;

/**
 * First step of erasing all of an organisation: the doors are shut, and the last calls end. It waits while a legal hold
 * holds something of it, and while a call goes on.
 */
export async function planOrganisation(ctx: EraseCtx, ref: ErasureRef): Promise<void> {
  await noteBefore(ctx, ref);
  const isShut = await shutOrganisation(ctx, ref);
  await ctx.db.tenant(ref.organisation, async (tx) => {
    const erasure = await lockErasure(tx, ref);
    if (erasure?.state !== 'asked') return;
    if (!isShut) return wait(ctx, tx, ref, 'hold');
    const { live } = await tx.one<{ live: boolean }>(sql`
      select exists (select from app.calls where organisation_id = ${ref.organisation} and state = 'live') as live`);
    if (live || (await isBeingStored(ctx, tx, ref))) return wait(ctx, tx, ref, 'live-call');
    await tx.run(sql`
      update app.erasures set state = 'planned', waits_for = null
      where organisation_id = ${ref.organisation} and id = ${ref.id}`);
    await noteBegun(ctx, tx, ref);
  });
}

/**
 * Second step: processors are asked for every call; all keys die but those of credentials, which makes every copy
 * unreadable; then objects; then the rows of every table. Each part can be done again, so whatever breaks it off is made
 * up for.
 */
export async function emptyOrganisation(ctx: EraseCtx, ref: ErasureRef): Promise<void> {
  await askForAll(ctx, ref);
  await noteBefore(ctx, ref);
  const keys = await ctx.keys.destroyOrganisation(ref.organisation, ['credential']);
  await noteUnreadable(ctx, ref, keys);
  if (!(await withoutObjects(ctx, ref))) return;
  const tables = await ctx.db.tenant(ref.organisation, tablesBelow);
  await deleteTables(
    ctx,
    ref.organisation,
    tables.filter((table) => !credentials.includes(table)),
  );
  await conclude(ctx, ref);
}

/**
 * Last step, once every processor has answered or was given up and every other erasure has come to its end: what they were
 * asked with goes, every key, and the name. False while that has to wait. What stays is in `kept`.
 */
export async function endOrganisation(ctx: EraseCtx, { organisation, id }: ErasureRef): Promise<boolean> {
  const tables = await ctx.db.tenant(organisation, async (tx) =>
    (await areSettled(tx, { organisation })) && !(await isErasingElse(tx, { organisation, id }))
      ? tablesBelow(tx)
      : undefined,
  );
  if (!tables) return false;
  await deleteTables(ctx, organisation, tables);
  await ctx.keys.destroyOrganisation(organisation);
  await ctx.db.tenant(organisation, async (tx) => {
    const left = Object.keys(await countBelow(tx, organisation, tables));
    if (left.length > 0) throw new Error(`rows came to an organisation that had ended: ${left.join(', ')}`);
    const ended = await tx.run(sql`
      update app.organisations set name = '', time_zone = 'Etc/UTC', language = 'en', region = 'ZZ',
        erased_at = ${iso(ctx.clock.now())}
      where id = ${organisation} and erased_at is null`);
    if (ended === 0) return;
    await tx.run(sql`
      update app.erasures set found = found || '{"after": {}}' where organisation_id = ${organisation} and id = ${id}`);
    // Without details: there is no key left to seal them under.
    const object = `erasure:${id}` as const;
    await record(ctx, tx, { organisation, actor: 'system', action: 'organisation.erased', object });
  });
  return true;
}

/** One that was asked for before goes on by itself, and writes below the organisation once more. */
async function isErasingElse(tx: Tx, { organisation, id }: ErasureRef): Promise<boolean> {
  const other = await tx.maybe(sql`
    select from app.erasures where organisation_id = ${organisation} and id <> ${id} and state <> 'done' limit 1`);
  return other !== undefined;
}

async function askForAll(ctx: EraseCtx, { organisation, id: erasure }: ErasureRef): Promise<void> {
  let after: Id | undefined = '00000000-0000-0000-0000-000000000000';
  while (after !== undefined) {
    const from: Id = after;
    after = await ctx.db.tenant(organisation, async (tx) => {
      const rows = await tx.rows<{ id: Id }>(sql`
        select id from app.calls where organisation_id = ${organisation} and id > ${from}
        order by id limit ${callsAtOnce}`);
      await askProcessors(ctx, tx, { organisation, calls: rows.map(({ id }) => id), erasure });
      return rows.length < callsAtOnce ? undefined : rows.at(-1)?.id;
    });
  }
}

/** How much there is, from before anything of it went: a run that begins again finds less, and the most there was counts. */
async function noteBefore(ctx: EraseCtx, ref: ErasureRef): Promise<void> {
  const objects = await countObjects(ctx.objects, prefixesOf(ref.organisation)).catch(() => 0);
  await ctx.db.tenant(ref.organisation, async (tx) => {
    const erasure = await lockErasure(tx, ref);
    if (!erasure || erasure.unreadableAt !== null) return;
    const { rows = {}, objects: known = 0 } = erasure.found;
    const now = await countBelow(tx, ref.organisation, await tablesBelow(tx));
    const most = Object.keys({ ...rows, ...now }).map((table) => [table, Math.max(rows[table] ?? 0, now[table] ?? 0)]);
    await keepFound(tx, ref, { ...erasure.found, rows: Object.fromEntries(most), objects: Math.max(known, objects) });
  });
}

async function noteUnreadable({ db, clock }: EraseCtx, ref: ErasureRef, keys: number): Promise<void> {
  await db.tenant(ref.organisation, async (tx) => {
    const erasure = await lockErasure(tx, ref);
    if (!erasure || erasure.unreadableAt !== null) return;
    await keepFound(tx, ref, { ...erasure.found, openKeys: keys });
    await tx.run(sql`
      update app.erasures set unreadable_at = ${iso(clock.now())}
      where organisation_id = ${ref.organisation} and id = ${ref.id}`);
  });
}

async function keepFound(tx: Tx, { organisation, id }: ErasureRef, found: Found): Promise<void> {
  await tx.run(sql`
    update app.erasures set found = ${JSON.stringify(found)}::jsonb
    where organisation_id = ${organisation} and id = ${id}`);
}

/** Everything of an organisation lies under its id, in every folder. */
const prefixesOf = (organisation: Id) => objectFolders.map((folder) => `${folder}/${organisation}/`);

/** False while the object store does not do what it is asked. */
async function withoutObjects(ctx: EraseCtx, ref: ErasureRef): Promise<boolean> {
  try {
    await deleteObjects(ctx.objects, prefixesOf(ref.organisation));
    return true;
  } catch (error) {
    if (!(error instanceof Outside)) throw error;
    await ctx.db.tenant(ref.organisation, (tx) => wait(ctx, tx, ref, 'object-store'));
    return false;
  }
}

async function deleteTables(ctx: EraseCtx, organisation: Id, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    for (let isMore = true; isMore;)
      isMore = await ctx.db.tenant(organisation, async (tx) => {
        const { gone, isMore: isLeft } = await deleteSome(tx, organisation, table);
        // Without details: no key is left to seal them under.
        const object = `organisation:${organisation}` as const;
        if (gone > 0) await record(ctx, tx, { organisation, actor: 'system', action: 'erasure.emptied', object });
        return isLeft;
      });
  }
}

async function conclude(ctx: EraseCtx, ref: ErasureRef): Promise<void> {
  const { organisation, id } = ref;
  await ctx.db.tenant(organisation, async (tx) => {
    const erasure = await lockErasure(tx, ref);
    if (erasure?.state !== 'planned') return;
    const after = await countBelow(tx, organisation, await tablesBelow(tx));
    const left = Object.keys(after).filter((table) => !credentials.includes(table));
    if (left.length > 0) throw new Error(`rows came to an organisation that is being erased: ${left.join(', ')}`);
    const entry = await record(ctx, tx, {
      organisation,
      actor: 'system',
      action: 'erasure.done',
      object: `erasure:${id}`,
    });
    const at = iso(ctx.clock.now());
    await keepFound(tx, ref, { ...erasure.found, after });
    await tx.run(sql`
      update app.erasures set state = 'erased', waits_for = 'processors', erased_at = ${at}, due_at = ${at},
        entry_id = ${entry}
      where organisation_id = ${organisation} and id = ${id}`);
    tell(tx, erasure);
  });
}
