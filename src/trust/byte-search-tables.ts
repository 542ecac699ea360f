import { identifier, sql, type Id, type Sql, type Tx } from '#base';
import { base64Parts, digitNames, titled, type Mark } from './byte-search-forms.ts';

/** A table as PostgreSQL's catalogue has it, whoever it belongs to. */
export type Table = {
  readonly schema: string;
  readonly name: string;
  /** The column that names the organisation, where there is one. */
  readonly tenant: string | null;
  /** Its primary key; empty where there is none. */
  readonly key: readonly string[];
  /** With what lies beside it because it is long. */
  readonly bytes: number;
  /** Pages of 8 kB. */
  readonly pages: number;
};

/** Pages of one table, from the first to before the last. */
export type Stretch = { readonly table: Table; readonly from: number; readonly until: number; readonly bytes: number };

/** Every table that the prover may read, and the names of those that it may not. */
export async function everyTable(
  look: Tx,
): Promise<{ readonly open: readonly Table[]; readonly closed: readonly string[] }> {
  const rows = await look.rows<Table & { readonly mayRead: boolean }>(sql`
    select n.nspname::text as schema, c.relname::text as name, has_table_privilege(c.oid, 'select') as "mayRead",
      case when n.nspname = 'app' and c.relname = 'organisations' then 'id'
        when bool_or(a.attname = 'organisation_id') then 'organisation_id' end as tenant,
      coalesce((select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i join pg_attribute k on k.attrelid = c.oid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary), '{}') as key,
      pg_table_size(c.oid)::float8 as bytes, (pg_relation_size(c.oid) / 8192)::float8 as pages
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    group by c.oid, n.nspname, c.relname order by 1, 2`);
  return {
    open: rows.filter(({ mayRead }) => mayRead),
    closed: rows.filter(({ mayRead }) => !mayRead).map(({ schema, name }) => `${schema}.${name}`),
  };
}

/** The tables cut into stretches of no more bytes than that, however long their rows are. */
export function stretchesOf(tables: readonly Table[], mostBytes: number): readonly Stretch[] {
  return tables.flatMap((table) => {
    const perPage = Math.max(1, table.bytes / Math.max(1, table.pages));
    const pages = Math.max(1, Math.floor(mostBytes / perPage));
    return Array.from({ length: Math.ceil(table.pages / pages) }, (_, at) => {
      const from = at * pages;
      const until = Math.min(table.pages, from + pages);
      return { table, from, until, bytes: (until - from) * perPage };
    });
  });
}

/** The columns of those rows in which one of the marks stands, in any of the forms it can be written down in. */
export async function foundInStretch(
  look: Tx,
  { table, from, until }: Stretch,
  marks: readonly Mark[],
): Promise<readonly string[]> {
  const [first, behind] = [`(${from},0)`, `(${until},0)`];
  const rows = sql`
    select * from ${identifier(table.schema, table.name)} where ctid >= ${first}::tid and ctid < ${behind}::tid`;
  return foundAmong(look, table, marks, rows);
}

/** The same of the newest rows of these organisations, so many of each. */
export async function foundOf(
  look: Tx,
  table: Table,
  marks: readonly Mark[],
  organisations: readonly Id[],
): Promise<readonly string[]> {
  const { schema, name, tenant, key } = table;
  if (tenant === null) return [];
  const order = joined(key.map((column) => sql`${identifier(column)} desc`));
  const parts = organisations.map(
    (id) =>
      sql`(select * from ${identifier(schema, name)} where ${identifier(tenant)} = ${id} order by ${order} limit ${newest})`,
  );
  return foundAmong(
    look,
    table,
    marks,
    parts.reduce((all, one) => sql`${all} union all ${one}`),
  );
}

/** What PostgreSQL has noted of values for its planner, as far as the prover may read it: of tables without policies. */
export async function foundInStatistics(look: Tx, marks: readonly Mark[]): Promise<readonly string[]> {
  const noted = plainly(
    sql`concat_ws(' ', s.most_common_vals::text, s.histogram_bounds::text, s.most_common_elems::text)`,
  );
  const rows = await look.rows<{ place: string }>(sql`
    select concat_ws('.', s.schemaname, s.tablename, s.attname) as place from pg_stats s
    where s.schemaname !~ '^pg_' and s.schemaname <> 'information_schema' and ${holdsOne(noted, marks)}`);
  return rows.map(({ place }) => `statistics of ${place}`);
}

/** Rows of one organisation in one table. */
const newest = 2_000;

/** Whole rows are looked at first: most of them hold nothing, and their columns need no second look. */
async function foundAmong(
  look: Tx,
  { schema, name }: Table,
  marks: readonly Mark[],
  picked: Sql,
): Promise<readonly string[]> {
  const rows = await look.rows<{ column: string }>(sql`
    with found as materialized (select to_jsonb(t) as row from (${picked}) t where ${holdsOne(plainly(sql`t`), marks)} limit 100)
    select distinct part.key as column from found, jsonb_each_text(found.row) part
    where ${holdsOne(plainly(sql`part.value`), marks)} order by 1`);
  return rows.map(({ column }) => `${schema}.${name}.${column}`);
}

function holdsOne(what: Sql, marks: readonly Mark[]): Sql {
  return sql`exists (select from unnest(${[...textsOf(marks)]}::text[]) mark where strpos(${what}, mark) > 0)`;
}

/** A value as PostgreSQL prints it, in small letters, and once more without what stands between digits. */
function plainly(value: Sql): Sql {
  return sql`(lower(${value}::text) || chr(10) || translate(lower(${value}::text), ' -.,()/', ''))`;
}

/**
 * What a mark looks like in what PostgreSQL prints, in small letters: bytes are printed as hexadecimal digits. The first
 * letter of a word may be a capital, so what is encoded is searched without it.
 */
export function textsOf(marks: readonly Mark[]): readonly string[] {
  return [...new Set(marks.flatMap(({ kind, text }) => (kind === 'word' ? wordTexts(text) : digitTexts(text))))];
}

function wordTexts(text: string): readonly string[] {
  const spelt = [text, titled(text), text.toUpperCase()];
  return [
    text,
    ...spelt.flatMap((one) => [...printedBytes(one), ...base64Parts(one).map((part) => part.toLowerCase())]),
  ];
}

function digitTexts(text: string): readonly string[] {
  const said = text.split('').map((digit) => digitNames[Number(digit)]!);
  return [text, said.join(''), ...printedBytes(text), ...base64Parts(text).map((part) => part.toLowerCase())];
}

function printedBytes(text: string): readonly string[] {
  const wide = Buffer.from(text, 'utf16le');
  return [Buffer.from(text).toString('hex'), wide.subarray(0, -1).toString('hex')];
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}
