import { identifier, sql, type Id, type Sql, type Tx } from '#base';
import { base64Parts, digitNames, type Mark } from './byte-search-forms.ts';

/** A table as PostgreSQL's catalogue has it, whoever it belongs to. */
export type Table = {
  readonly schema: string;
  readonly name: string;
  /** The column that names the organisation, where there is one. */
  readonly tenant: string | null;
  /** Its primary key; empty where there is none. */
  readonly key: readonly string[];
  /** Columns that hold text of any kind. */
  readonly texts: readonly string[];
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
      coalesce(array_agg(a.attname::text) filter (
        where t.typcategory = 'S' or t.typname in ('json', 'jsonb', '_text', '_varchar')), '{}') as texts,
      pg_table_size(c.oid)::float8 as bytes, (pg_relation_size(c.oid) / 8192)::float8 as pages
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
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
  const { plain, loose } = textsOf(marks);
  const all = [...plain, ...loose];
  const noted = sql`concat_ws(' ', s.most_common_vals::text, s.histogram_bounds::text, s.most_common_elems::text)`;
  const rows = await look.rows<{ place: string }>(sql`
    select concat_ws('.', s.schemaname, s.tablename, s.attname) as place from pg_stats s
    where s.schemaname !~ '^pg_' and s.schemaname <> 'information_schema' and ${holdsOne(noted, all)}`);
  return rows.map(({ place }) => `statistics of ${place}`);
}

/** Rows of one organisation in one table. */
const newest = 2_000;

/** All rows are looked at as one text; hardly ever anything stands in it, and only then row by row and column by column. */
async function foundAmong(
  look: Tx,
  { schema, name, texts }: Table,
  marks: readonly Mark[],
  picked: Sql,
): Promise<readonly string[]> {
  const written = joined([sql`''`, ...texts.map((column) => sql`t.${identifier(column)}::text`)]);
  const { plain, loose } = textsOf(marks);
  const whole = await look.rows<{ mark: string }>(sql`
    with one as materialized (
      select ${small(sql`string_agg(t::text, chr(10))`)} as plain,
        ${without(small(sql`string_agg(concat_ws(chr(10), ${written}), chr(10))`))} as loose
      from (${picked}) t)
    select mark from one, unnest(${[...plain]}::text[]) mark where strpos(one.plain, mark) > 0
    union select mark from one, unnest(${[...loose]}::text[]) mark where strpos(one.loose, mark) > 0`);
  if (whole.length === 0) return [];
  const found = whole.map(({ mark }) => mark);
  const rows = await look.rows<{ column: string }>(sql`
    with found as materialized (
      select to_jsonb(t) as row from (${picked}) t where ${holdsOne(sql`t::text`, found)} limit 100)
    select distinct part.key as column from found, jsonb_each_text(found.row) part
    where ${holdsOne(sql`part.value`, found)} order by 1`);
  return rows.map(({ column }) => `${schema}.${name}.${column}`);
}

/** Whether one of them stands in it, as it is or without what people put between digits. */
function holdsOne(value: Sql, texts: readonly string[]): Sql {
  const both = sql`(${small(value)} || chr(10) || ${without(small(value))})`;
  return sql`exists (select from unnest(${[...texts]}::text[]) mark where strpos(${both}, mark) > 0)`;
}

function small(value: Sql): Sql {
  return sql`lower(${value} collate "C")`;
}

function without(value: Sql): Sql {
  return sql`translate(${value}, ' -.,()/', '')`;
}

/**
 * What marks look like in what PostgreSQL prints, in small letters: bytes are printed as hexadecimal digits. The first
 * letter of a word may be a capital, so what is encoded is searched without it. `loose` is for text in which nothing
 * stands between digits and number words any more.
 */
export function textsOf(marks: readonly Mark[]): {
  readonly plain: readonly string[];
  readonly loose: readonly string[];
} {
  const plain = marks.flatMap(({ kind, text }) => (kind === 'word' ? wordTexts(text) : [text, ...encoded(text)]));
  const digits = marks.flatMap(({ kind, text }) => (kind === 'digits' ? [text, inWords(text)] : []));
  return { plain: [...new Set(plain)], loose: [...new Set(digits)] };
}

function wordTexts(text: string): readonly string[] {
  const rest = text.slice(1);
  return [text, ...encoded(rest), ...encoded(rest.toUpperCase())];
}

function inWords(digits: string): string {
  return Array.from(digits, (digit) => digitNames[Number(digit)]!).join('');
}

function encoded(text: string): readonly string[] {
  const wide = Buffer.from(text, 'utf16le').subarray(0, -1);
  return [
    ...[Buffer.from(text), wide].map((bytes) => bytes.toString('hex')),
    ...base64Parts(text).map((part) => part.toLowerCase()),
  ];
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}
