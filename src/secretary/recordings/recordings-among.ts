import { sql, type Id, type Sql, type Tx } from '#base';

/** Which of these recordings came of the calls that `calls` names by id. */
export async function recordingsAmong(
  tx: Tx,
  organisation: Id,
  ids: readonly Id[],
  calls: Sql,
): Promise<readonly Id[]> {
  const rows = await tx.rows<{ id: Id }>(sql`
    select id from app.recordings
    where organisation_id = ${organisation} and id = any (${[...ids]}::uuid[]) and call_id in (${calls})`);
  return rows.map(({ id }) => id);
}
