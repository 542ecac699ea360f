import { sql, type Id, type Tx } from '#base';
import type { AuditObject } from './actions.ts';
import { parseLeaf, type Leaf } from './leaf.ts';

/** The leaves about one object, oldest first: what was done with it, by whom and when. At most 1,000. */
export async function entriesAbout(tx: Tx, organisation: Id, object: AuditObject): Promise<Leaf[]> {
  const rows = await tx.rows<{ leaf: Buffer }>(sql`
    select leaf from app.audit_entries
    where organisation_id = ${organisation} and convert_from(leaf, 'UTF8')::jsonb ->> 'object' = ${object}
    order by at, id limit 1000`);
  return rows.flatMap(({ leaf }) => parseLeaf(leaf) ?? []);
}
