import { identifier, sql, type Sql, type Tx } from '#base';
import { someOrganisations } from './some-organisations.ts';

/** What stands in one column in the clear, and matches. */
export type InPlain = {
  /** `app.agents.greeting`. */
  readonly place: string;
  /** Values that were looked at. */
  readonly rows: number;
  /** What matched, some of each row: for judging, never for telling. */
  readonly found: readonly string[];
};

export type PlainSearch = {
  /** A regular expression of PostgreSQL; its groups are what was found. */
  readonly pattern: string;
  /** Classes of columns that may hold such a thing. */
  readonly except?: readonly string[];
};

type Table = {
  readonly name: string;
  readonly tenant: string;
  readonly columns: readonly string[];
  /** Those of the columns that hold bytes. */
  readonly bytes: readonly string[];
  readonly key: readonly string[];
};

/** Of each organisation and table. */
const newestRows = 50;

/**
 * Searches every column of the application that is not sealed and can hold text, bytes included, in the newest 50 rows
 * of at most 200 organisations along the primary key, so that the cost does not grow with the tables.
 */
export async function searchPlain({ look }: { readonly look: Tx }, search: PlainSearch): Promise<readonly InPlain[]> {
  const tables = await plainTables(look, search.except ?? []);
  if (tables.length === 0) return [];
  return look.rows<InPlain>(
    tables.map((table) => inTable(table, search)).reduce((all, one) => sql`${all} union all ${one}`),
  );
}

/** Tables with columns that can hold text of any kind and are not sealed, from the catalogue of the database. */
function plainTables(look: Tx, except: readonly string[]): Promise<readonly Table[]> {
  return look.rows<Table>(sql`
    select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns,
      coalesce(array_agg(a.attname::text) filter (where t.typname = 'bytea'), '{}') as bytes,
      case when c.relname = 'organisations' then 'id' else 'organisation_id' end as tenant,
      (select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i join pg_attribute k on k.attrelid = c.oid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and (t.typcategory = 'S' or t.typname in ('json', 'jsonb', '_text', 'bytea'))
      and coalesce(substring(col_description(c.oid, a.attnum) from '^([a-z]+):'), '')
        <> all (${['personal', 'secret', 'index', ...except]}::text[])
    group by c.oid, c.relname order by c.relname`);
}

function inTable({ name, tenant, columns, bytes, key }: Table, { pattern }: PlainSearch): Sql {
  const contents = columns.map((column) => {
    const value = identifier('picked', column);
    return sql`(${column}::text, ${bytes.includes(column) ? sql`encode(${value}, 'escape')` : sql`${value}::text`})`;
  });
  const order = key.map((column) => sql`${identifier('t', column)} desc`);
  return sql`
    select ${`app.${name}.`}::text || searched.name as place, count(searched.content)::int as rows,
      coalesce(array_agg(hit.found) filter (where hit.found is not null), '{}') as found
    from ${someOrganisations} o
    cross join lateral (
      select * from ${identifier('app', name)} t
      where ${identifier('t', tenant)} = o.id order by ${joined(order)} limit ${newestRows}) picked
    cross join lateral (values ${joined(contents)}) searched (name, content)
    left join lateral (
      select (array_agg(one) filter (where one is not null))[1:20] as all_found
      from regexp_matches(searched.content, ${pattern}, 'g') m cross join lateral unnest(m) one) hits on true
    left join lateral unnest(hits.all_found) hit (found) on true
    group by searched.name`;
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}
