import { identifier, sql, type Id, type Sql, type Tx } from '#base';

type Table = {
  readonly name: string;
  /** Columns that may name a row: its own or another one. */
  readonly ids: readonly string[];
  /** Columns that hold something of or about somebody, sealed or as a keyed hash. */
  readonly held: readonly string[];
};

/**
 * The columns in which rows of that organisation still hold anything about somebody and name one of these ids: their own, or
 * that of what they belong to. What each column holds is told by its class.
 */
export async function heldBy(look: Tx, organisation: Id, ids: readonly Id[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const tables = await tablesIn(look);
  const searches = tables.map(({ name, ids: naming, held }) => {
    const named = naming.map((column) => sql`t.${identifier(column)} = any(${[...ids]}::uuid[])`);
    const tests = held.map(
      (column) => sql`case when bool_or(t.${identifier(column)} is not null) then ${column}::text end`,
    );
    return sql`
      select ${`app.${name}`}::text as name, array_remove(array[${joined(tests)}], null) as columns
      from ${identifier('app', name)} t where t.organisation_id = ${organisation} and (${either(named)})`;
  });
  const found = await look.rows<{ name: string; columns: string[] }>(
    searches.reduce((all, one) => sql`${all} union all ${one}`),
  );
  return found.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`)).toSorted();
}

async function tablesIn(look: Tx): Promise<readonly Table[]> {
  return look.rows<Table>(sql`
    select c.relname::text as name,
      array_agg(a.attname::text) filter (where a.atttypid = 'uuid'::regtype and a.attname <> 'organisation_id') as ids,
      array_agg(a.attname::text) filter (where col_description(c.oid, a.attnum) ~ '^(personal|secret|index): ') as held
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'organisations'
    group by c.oid, c.relname
    having bool_or(a.atttypid = 'uuid'::regtype and a.attname <> 'organisation_id')
      and bool_or(col_description(c.oid, a.attnum) ~ '^(personal|secret|index): ')
    order by 1`);
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}

function either(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all} or ${part}`);
}
