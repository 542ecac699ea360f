import { sql, type Tx } from '#base';
import type { Fault, Findings } from './prover.ts';

/** Tables and columns of our schemas, with their comments. */
const columns = sql`
  select c.oid::regclass::text as table, a.attname::text as column, a.atttypid::regtype::text as type,
    obj_description(c.oid, 'pg_class') as about_table, col_description(c.oid, a.attnum) as about_column
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname in ('app', 'sec', 'ledger') and c.relkind in ('r', 'p', 'f', 'm')
  order by 1, a.attnum`;

type Column = { table: string; column: string; type: string; about_table: string | null; about_column: string | null };

const classShape = /^(id|business|operational|personal|index|secret): \S/;
const ownerShape = /^owner: [a-z]+(\/[a-z]+)?$/;

/**
 * Every table says which module owns it and every column what kind of data it holds, in its comment;
 * what is personal or secret is stored sealed, so its type is bytea. Faults name table and column.
 */
export async function proveClasses(tx: Tx): Promise<Findings> {
  const found = await tx.rows<Column>(columns);
  const faults = found.flatMap((column) => faultsOf(column));
  const distinct = new Map(faults.map((fault) => [`${fault.check} ${fault.object}`, fault]));
  return { faults: [...distinct.values()], checks: 3, objects: found.length };
}

function faultsOf({ table, column, type, about_table: owner, about_column: about }: Column): Fault[] {
  const faults: Fault[] = [];
  const object = `${table}.${column}`;
  const kind = classShape.exec(about ?? '')?.[1];
  if (!ownerShape.test(owner ?? '')) faults.push({ check: 'table-without-owner', object: table });
  if (kind === undefined) faults.push({ check: 'column-without-class', object });
  const mustBeSealed = kind === 'personal' || kind === 'secret';
  if (mustBeSealed && type !== 'bytea') faults.push({ check: 'personal-in-the-clear', object });
  return faults;
}
