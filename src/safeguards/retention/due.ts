import { identifier, iso, sql, type Id, type Sql, type Tx } from '#base';
import type { Due, Rows } from './rule.ts';

/** The rows of one table whose time is counted from one of its columns. */
export type Aged = {
  readonly table: string;
  readonly at: string;
  /** What else makes a row of the table due, and not only its age. */
  readonly where?: (organisation: Id) => Sql;
};

/** Picks and holds what is due of it, the oldest first; what another transaction holds is left to that one. */
export async function pick({ table, at, where }: Aged, tx: Tx, due: Due): Promise<readonly Id[]> {
  const { organisation, until, limit, among } = due;
  const column = sql`t.${identifier(at)}`;
  const rows = await tx.rows<{ id: Id }>(sql`
    select t.id from ${identifier('app', table)} t
    where t.organisation_id = ${organisation} and ${column} <= ${iso(until)}
      ${among ? sql`and t.id = any (${among})` : sql``} ${where ? sql`and ${where(organisation)}` : sql``}
    order by ${column} limit ${limit} for update of t skip locked`);
  return rows.map(({ id }) => id);
}

/** When the time of the oldest of it began (milliseconds). */
export async function oldestOf({ table, at, where }: Aged, tx: Tx, organisation: Id): Promise<number | undefined> {
  const column = sql`t.${identifier(at)}`;
  const row = await tx.maybe<{ at: Date }>(sql`
    select ${column} as at from ${identifier('app', table)} t
    where t.organisation_id = ${organisation} and ${column} is not null ${where ? sql`and ${where(organisation)}` : sql``}
    order by ${column} limit 1`);
  return row?.at.getTime();
}

/** Deletes rows of it, and returns those that were there. */
export async function deleteRows({ table }: Aged, tx: Tx, { organisation, ids }: Rows): Promise<readonly Id[]> {
  const rows = await tx.rows<{ id: Id }>(sql`
    delete from ${identifier('app', table)} where organisation_id = ${organisation} and id = any (${ids}) returning id`);
  return rows.map(({ id }) => id);
}
