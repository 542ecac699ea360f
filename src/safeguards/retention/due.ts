import { identifier, iso, sql, type Id, type Sql, type Tx } from '#base';
import { heldAmong, notHeldIn, type HeldKind } from '#safeguards/holds';
import type { Due, Rows } from './rule.ts';

/** The rows of one table whose time is counted from one of its columns, and as what a hold holds them. */
export type Aged = {
  readonly table: string;
  readonly at: string;
  readonly holds: HeldKind;
  /** What else makes a row of the table (`t`) due, and not only its age. */
  readonly where?: (organisation: Id) => Sql;
};

/** Picks and holds what is due of it, the oldest first; what another transaction holds is left to that one. */
export async function pick(aged: Aged, tx: Tx, due: Due): Promise<readonly Id[]> {
  const { organisation, until, limit, among, reached } = due;
  const column = sql`t.${identifier(aged.at)}`;
  const from = reached?.at === undefined ? sql`` : sql`and ${column} >= ${iso(reached.at)}`;
  const rows = await tx.rows<{ id: Id; at: Date }>(sql`
    select t.id, ${column} as at from ${identifier('app', aged.table)} t
    where ${await isDue(aged, tx, organisation)} and ${column} <= ${iso(until)} ${from}
      ${among ? sql`and t.id = any (${among})` : sql``}
    order by ${column} limit ${limit} for update of t skip locked`);
  const last = rows.at(-1);
  if (reached && last) reached.at = last.at.getTime();
  return withoutHeld(tx, { organisation, kind: aged.holds, ids: rows.map(({ id }) => id) });
}

/** A hold that came between the beginning of the statement that picked and its locks is seen by the next statement. */
export async function withoutHeld(tx: Tx, rows: Parameters<typeof heldAmong>[1]): Promise<readonly Id[]> {
  const held = new Set((await heldAmong(tx, rows)).map(({ id }) => id));
  return held.size === 0 ? rows.ids : rows.ids.filter((id) => !held.has(id));
}

/** When the time of the oldest of it began (milliseconds). */
export async function oldestOf(aged: Aged, tx: Tx, organisation: Id): Promise<number | undefined> {
  const column = sql`t.${identifier(aged.at)}`;
  const row = await tx.maybe<{ at: Date }>(sql`
    select ${column} as at from ${identifier('app', aged.table)} t
    where ${await isDue(aged, tx, organisation)} and ${column} is not null order by ${column} limit 1`);
  return row?.at.getTime();
}

async function isDue({ holds, where }: Aged, tx: Tx, organisation: Id): Promise<Sql> {
  const isFree = await notHeldIn(tx, organisation, holds, sql`t.id`);
  const isMore = where ? sql`and ${where(organisation)}` : sql``;
  return sql`t.organisation_id = ${organisation} and ${isFree} ${isMore}`;
}

/** Deletes rows of it, and returns those that were there. */
export async function deleteRows(
  { table }: Pick<Aged, 'table'>,
  tx: Tx,
  { organisation, ids }: Rows,
): Promise<readonly Id[]> {
  const rows = await tx.rows<{ id: Id }>(sql`
    delete from ${identifier('app', table)} where organisation_id = ${organisation} and id = any (${ids}) returning id`);
  return rows.map(({ id }) => id);
}
