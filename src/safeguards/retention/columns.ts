import { sql, type Tx } from '#base';

/** What kind of data a column holds, as its comment says. */
export const dataClasses = ['id', 'operational', 'business', 'personal', 'secret', 'index'] as const;
export type DataClass = (typeof dataClasses)[number];

/** One column, as the database describes it itself. */
export type Column = {
  /** With its schema: `app.calls`. */
  readonly table: string;
  readonly name: string;
  /** Undefined where the comment names none. */
  readonly class: DataClass | undefined;
  readonly about: string;
  /** The module that owns the table. */
  readonly owner: string;
};

type Row = {
  readonly table: string;
  readonly name: string;
  readonly about: string | null;
  readonly owner: string | null;
};

/** Every column of every table that our migrations made, wherever it is, from PostgreSQL's catalogue and our comments. */
export async function columnsOf(tx: Tx): Promise<readonly Column[]> {
  const rows = await tx.rows<Row>(sql`
    select n.nspname || '.' || c.relname as table, a.attname::text as name,
      col_description(c.oid, a.attnum) as about, obj_description(c.oid, 'pg_class') as owner
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'f', 'm')
      and pg_get_userbyid(c.relowner) = 'sotto_migrate'
    order by n.nspname, c.relname, a.attnum`);
  return rows.map(({ table, name, about, owner }) => {
    const [, said, what = ''] = /^(\w+): (.*)$/s.exec(about ?? '') ?? [];
    const kind = dataClasses.find((one) => one === said);
    return { table, name, class: kind, about: what, owner: owner?.replace(/^owner: /, '') ?? '' };
  });
}
