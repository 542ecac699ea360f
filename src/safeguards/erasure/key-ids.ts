import { identifier, sql, type Ctx, type Id, type Sql, type Tx } from '#base';
import { homes, partsOfCall } from './belongings.ts';
import { eachKind, type Targets } from './find.ts';

/**
 * The ids of the content keys that what was found is sealed under, as hex: they stand in each sealed value. Which columns
 * are sealed the catalogue says, so that one that comes later is not forgotten.
 */
export async function keyIdsOf(tx: Tx, organisation: Id, targets: Targets): Promise<string[]> {
  const columns = await sealedColumns(tx);
  const own = eachKind(targets).map(({ table, ids }) => ({ table, where: sql`id = any(${ids}::uuid[])` }));
  const parts = partsOfCall.map((table) => ({ table, where: sql`call_id = any(${targets.call}::uuid[])` }));
  const found: string[] = [];
  for (const { table, where } of [...own, ...parts]) {
    for (const column of columns.get(table) ?? []) {
      found.push(...(await gather(tx, { organisation, table, column, where })));
    }
  }
  const recordings = await tx.rows<{ key: string }>(sql`
    select encode(key_id, 'hex') as key from ${identifier('app', homes.recording.table)}
    where organisation_id = ${organisation} and id = any(${targets.recording}::uuid[])`);
  return [...new Set([...found, ...recordings.map(({ key }) => key)])].toSorted();
}

/** Those of these keys that still open something. */
export async function openAmong(
  { keys }: Pick<Ctx, 'keys'>,
  organisation: Id,
  ids: readonly string[],
): Promise<readonly string[]> {
  const open: string[] = [];
  for (const id of ids) {
    if (await keys.openKey(organisation, Buffer.from(id, 'hex'))) open.push(id);
  }
  return open;
}

type Column = { readonly organisation: Id; readonly table: string; readonly column: string; readonly where: Sql };

/** The key's id is bytes 2 to 17 of a sealed value. */
async function gather(tx: Tx, { organisation, table, column, where }: Column): Promise<string[]> {
  const sealed = identifier(column);
  const rows = await tx.rows<{ key: string }>(sql`
    select distinct encode(substring(${sealed} from 2 for 16), 'hex') as key from ${identifier('app', table)}
    where organisation_id = ${organisation} and ${sealed} is not null and ${where}`);
  return rows.map(({ key }) => key);
}

/** By table, the columns whose class is personal: they are sealed. */
async function sealedColumns(tx: Tx): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.rows<{ table: string; columns: string[] }>(sql`
    select c.relname::text as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'app'::regnamespace and a.atttypid = 'bytea'::regtype
      and col_description(c.oid, a.attnum) like 'personal:%'
    group by c.relname`);
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}
