import { identifier, sql, type Id, type Tx } from '#base';

/**
 * What stays below an organisation that was erased, and why. Everything else is found in the catalogue of the database
 * itself, so that no table is forgotten that comes later.
 */
export const kept = {
  organisations: 'a row without a name, so that nothing is put below it again',
  audit_entries: 'what was done, by id and fixed word; it holds nothing personal',
  audit_details: 'details of what was done, sealed under a key that was destroyed',
  audit_trees: 'the names of its transparency log, random ids',
  audit_pending: 'entries that have no place in that log yet, by id',
  audit_places: 'hashes of those entries, and their places',
  audit_tiles: 'hashes over them',
  audit_heads: 'signed heads of that log',
  audit_head_leaves: 'the same heads as the installation keeps them',
  log_cosignatures: 'signatures of outsiders under those heads',
  audit_coverage: 'how many changes had an entry, and how many had none',
  erasures: 'what was asked for, and the certificates',
  erasure_targets: 'ids of what was erased, by which it is seen if any of it comes back from a backup',
  processor_erasures: 'what processors had to delete, and whether they did',
} as const satisfies Readonly<Record<string, string>>;

/** What processors are asked with: it goes when the last of them has answered or was given up. */
export const credentials: readonly string[] = ['carrier_accounts', 'model_credentials'];

/** Rows that are deleted in one transaction. */
const atOnce = 2_000;

/**
 * Every table whose rows belong to an organisation and go with it, those first that name others. Throws when two tables
 * name each other, or when something that stays names something that goes.
 */
export async function tablesBelow(tx: Tx): Promise<readonly string[]> {
  const tables = await tx.rows<{ table: string; names: readonly string[] }>(sql`
    select c.relname::text as table, coalesce(array_agg(distinct f.relname::text) filter (where f.oid is not null), '{}') as names
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid
    left join pg_class f on f.oid = k.confrelid
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
    group by c.relname order by c.relname`);
  const left = new Map(tables.map(({ table, names }) => [table, names]));
  for (const table of Object.keys(kept)) {
    const wrong = left.get(table)?.find((name) => !(name in kept));
    if (wrong !== undefined) throw new Error(`${table} stays and names ${wrong}, which goes`);
    left.delete(table);
  }
  return inOrder(left);
}

function inOrder(left: Map<string, readonly string[]>): readonly string[] {
  const order: string[] = [];
  while (left.size > 0) {
    const named = new Set([...left.values()].flat());
    const free = [...left.keys()].filter((table) => !named.has(table));
    if (free.length === 0) throw new Error(`tables name each other: ${[...left.keys()].join(', ')}`);
    for (const table of free) left.delete(table);
    order.push(...free);
  }
  return order;
}

/** How many rows of each table there are below the organisation; tables without any are left out. */
export async function countBelow(tx: Tx, organisation: Id, tables: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { count } = await tx.one<{ count: number }>(sql`
      select count(*) as count from ${identifier('app', table)} where organisation_id = ${organisation}`);
    if (count > 0) counts[table] = count;
  }
  return counts;
}

/** Deletes some of the organisation's rows of a table; returns how many, which is less than it takes when none are left. */
export async function deleteSome(
  tx: Tx,
  organisation: Id,
  table: string,
): Promise<{ readonly gone: number; readonly isMore: boolean }> {
  const one = identifier('app', table);
  const gone = await tx.run(sql`
    delete from ${one} where organisation_id = ${organisation} and ctid = any (array(
      select ctid from ${one} where organisation_id = ${organisation} limit ${atOnce}))`);
  return { gone, isMore: gone === atOnce };
}
