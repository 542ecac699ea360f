import { identifier, sql, type Db, type Id } from '#base';

/** Every row of an organisation, by table and primary key, as text that two dumps can be compared by. */
export type Dump = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

type Table = { readonly name: string; readonly key: readonly string[] };

/** Reads all rows of one organisation in every table that has any, as the catalogue of PostgreSQL names them. */
export async function dumpRows(db: Db, organisation: Id): Promise<Dump> {
  return db.tenant(organisation, async (tx) => {
    const tables = await tx.rows<Table>(sql`
      select c.relname::text as name,
        array(
          select a.attname::text from pg_index i
          join unnest(i.indkey) with ordinality as part (attnum, n) on true
          join pg_attribute a on a.attrelid = c.oid and a.attnum = part.attnum
          where i.indrelid = c.oid and i.indisprimary order by part.n) as key
      from pg_class c
      where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
        and has_table_privilege(c.oid, 'select')
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('organisation_id', 'id'))
      order by c.relname`);
    const dump = new Map<string, Readonly<Record<string, unknown>>>();
    for (const { name, key } of tables) {
      // Row-level security shows those of the organisation, and no others.
      const rows = await tx.rows<{ row: Record<string, unknown> }>(sql`
        select to_jsonb(t) as row from ${identifier('app', name)} t`);
      for (const { row } of rows) dump.set(`${name}/${key.map((column) => row[column]).join('/')}`, row);
    }
    return dump;
  });
}

/**
 * What differs, a line each: `gone calls/…`, `new calls/…`, `changed calls/…: summary, contact_id`. Empty when nothing was
 * touched. Rows for which `isMeant` holds are left out.
 */
export function differences(before: Dump, after: Dump, isMeant: (name: string) => boolean = () => false): string[] {
  const gone = [...before.keys()].filter((name) => !after.has(name)).map((name) => ({ name, line: `gone ${name}` }));
  const changed = [...after].flatMap(([name, row]) => {
    const old = before.get(name);
    if (!old) return [{ name, line: `new ${name}` }];
    const columns = Object.keys(row).filter((column) => JSON.stringify(row[column]) !== JSON.stringify(old[column]));
    return columns.length === 0 ? [] : [{ name, line: `changed ${name}: ${columns.join(', ')}` }];
  });
  return [...gone, ...changed].filter(({ name }) => !isMeant(name)).map(({ line }) => line);
}
