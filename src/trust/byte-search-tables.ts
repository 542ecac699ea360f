import { identifier, sql, type Id, type Sql, type Tx } from '#base';
import { base64Parts, digitNames, titled, type Mark } from './byte-search-forms.ts';

/** A table as PostgreSQL's catalogue has it, whoever it belongs to. */
export type Table = {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  /** The column that names the organisation, where there is one. */
  readonly tenant: string | null;
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
      array_agg(a.attname::text order by a.attnum) as columns,
      case when n.nspname = 'app' and c.relname = 'organisations' then 'id'
        when bool_or(a.attname = 'organisation_id') then 'organisation_id' end as tenant,
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
  return foundAmong(look, table, marks, sql`where t.ctid >= ${first}::tid and t.ctid < ${behind}::tid`);
}

/** The same of all rows of these organisations. */
export async function foundOf(
  look: Tx,
  table: Table,
  marks: readonly Mark[],
  organisations: readonly Id[],
): Promise<readonly string[]> {
  if (table.tenant === null) return [];
  return foundAmong(look, table, marks, sql`where t.${identifier(table.tenant)} = any(${[...organisations]}::uuid[])`);
}

/** Whole rows are looked at first: most of them hold nothing, and their columns need no second look. */
async function foundAmong(
  look: Tx,
  { schema, name, columns }: Table,
  marks: readonly Mark[],
  where: Sql,
): Promise<readonly string[]> {
  const texts = textsOf(marks);
  const holds = (what: Sql) =>
    sql`exists (select from unnest(${[...texts]}::text[]) mark where strpos(${what}, mark) > 0)`;
  const tests = columns.map(
    (column) => sql`case when ${holds(sql`${plainly(sql`t.${identifier(column)}`)}`)} then ${column}::text end`,
  );
  const rows = await look.rows<{ found: string[] }>(sql`
    select array_remove(array[${joined(tests)}], null) as found from ${identifier(schema, name)} t
    ${where} and ${holds(plainly(sql`t`))} limit 100`);
  return [...new Set(rows.flatMap(({ found }) => found))].map((column) => `${schema}.${name}.${column}`);
}

/** A value as PostgreSQL prints it, in small letters, and once more without what stands between digits. */
function plainly(value: Sql): Sql {
  return sql`(lower(${value}::text) || chr(10) || translate(${value}::text, ' -.,()/', ''))`;
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
  return [
    text,
    said.join(' '),
    said.join(', '),
    said.join(''),
    ...printedBytes(text),
    ...base64Parts(text).map((part) => part.toLowerCase()),
  ];
}

function printedBytes(text: string): readonly string[] {
  const wide = Buffer.from(text, 'utf16le');
  return [Buffer.from(text).toString('hex'), wide.subarray(0, -1).toString('hex')];
}

function joined(parts: readonly Sql[]): Sql {
  return parts.reduce((all, part) => sql`${all}, ${part}`);
}
