import { identifier, sql, type Sql, type Tx } from '#base';
import type { Fault, Finding } from './claim.ts';
import { someOrganisations } from './some-organisations.ts';

type Column = {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly about: string;
  readonly key: readonly string[];
};

/** Values of each column, of each organisation. */
const newestValues = 50;
/** They are looked for in so many of its newest rows: of what is over there are many, and most have no hash any more. */
const newestRows = 1_000;

/** Whether the columns that say they hold a keyed hash can hold nothing else. Knows no key. */
export async function hashFaults(look: Tx): Promise<Finding> {
  const columns = await hashColumns(look);
  const bytes = columns.filter(({ type }) => type === 'bytea');
  const looked = await look.rows<{ place: string; checked: number; odd: number }>(
    bytes.map(oddIn).reduce((all, one) => sql`${all} union all ${one}`),
  );
  const ofNumbers = bytes.filter(({ about }) => /number/.test(about)).map(newestOf);
  const faults: Fault[] = [
    ...columns
      .filter(({ type }) => type !== 'bytea')
      .map(({ table, column }) => ({ what: 'the column can hold more than a hash', where: `app.${table}.${column}` })),
    ...looked
      .filter(({ odd }) => odd > 0)
      .map(({ place, odd }) => ({ what: `${odd} values that no keyed hash can be`, where: place })),
    ...(await unkeyed(
      look,
      ofNumbers.reduce((all, one) => sql`${all} union all ${one}`),
    )),
  ];
  return { checked: looked.reduce((sum, { checked }) => sum + checked, 0), faults };
}

function hashColumns(look: Tx): Promise<readonly Column[]> {
  return look.rows<Column>(sql`
    select c.relname::text as table, a.attname::text as column, t.typname::text as type,
      col_description(c.oid, a.attnum) as about,
      (select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i join pg_attribute k on k.attrelid = c.oid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and col_description(c.oid, a.attnum) ~ '^index: keyed hash'
    order by c.relname, a.attnum`);
}

/** The newest values of a column, with its organisation and where they stand. */
function newestOf({ table, column, key }: Column): Sql {
  const order = key.map((name) => sql`${identifier('t', name)} desc`).reduce((all, one) => sql`${all}, ${one}`);
  return sql`
    select ${`app.${table}.${column}`}::text as place, o.id as organisation, newest.hash from ${someOrganisations} o
    cross join lateral (
      select hash from (
        select ${identifier('t', column)} as hash from ${identifier('app', table)} t
        where t.organisation_id = o.id order by ${order} limit ${newestRows}) recent
      where hash is not null limit ${newestValues}) newest`;
}

/** 16 or 32 bytes, neither alike nor a text: by chance a hash looks so once in 10^13 times. */
function oddIn(column: Column): Sql {
  return sql`
    select ${`app.${column.table}.${column.column}`}::text as place, count(*)::int as checked,
      count(*) filter (where length(hash) not in (16, 32) or encode(hash, 'escape') ~ '^([ -~]{32}|[-+0-9 ()]+)$'
        or (select count(distinct get_byte(hash, at)) from generate_series(0, length(hash) - 1) at) < 7)::int as odd
    from (${newestOf(column)}) newest`;
}

/** Hashes of numbers under a key that is nobody's: the same in two businesses, or made of a known number without one. */
async function unkeyed(look: Tx, numbers: Sql): Promise<readonly Fault[]> {
  const rows = await look.rows<{ place: string; shared: number; plain: number }>(sql`
    with hashes as materialized (${numbers}),
      known as (select e164 from app.lines where e164 ~ '^[+]' limit 1000),
      digests as (
        select digest from known cross join lateral (
          values (sha256(convert_to(e164, 'UTF8'))), (sha256(convert_to(ltrim(e164, '+'), 'UTF8'))),
            (decode(md5(e164), 'hex')), (decode(md5(ltrim(e164, '+')), 'hex'))) made (digest))
    select place,
      count(*) filter (where exists (
        select from hashes other where other.hash = h.hash and other.organisation <> h.organisation))::int as shared,
      count(*) filter (where h.hash in (select digest from digests))::int as plain
    from hashes h group by place`);
  return rows.flatMap(({ place, shared, plain }) => [
    ...(shared > 0 ? [{ what: `${shared} hashes of numbers are the same in two businesses`, where: place }] : []),
    ...(plain > 0 ? [{ what: `${plain} hashes of numbers were made without a key`, where: place }] : []),
  ]);
}
