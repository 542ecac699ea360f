import { sql, type Id, type Tx } from '#base';

/** When the last call came in on each line that ever had one, in milliseconds, by the line's id. */
export async function lastCalls(tx: Tx, organisation: Id): Promise<ReadonlyMap<Id, number>> {
  const rows = await tx.rows<{ line: Id; at: Date }>(sql`
    select line_id as line, max(started_at) as at from app.calls
    where organisation_id = ${organisation} group by line_id`);
  return new Map(rows.map(({ line, at }) => [line, at.getTime()]));
}

/** When somebody first heard what the secretary opens with; undefined while nobody has. */
export async function firstHeard(tx: Tx, organisation: Id): Promise<number | undefined> {
  const row = await tx.maybe<{ at: Date }>(sql`
    select disclosed_at as at from app.calls
    where organisation_id = ${organisation} and disclosed_at is not null
    order by started_at, id limit 1`);
  return row?.at.getTime();
}
