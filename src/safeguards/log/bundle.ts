import { sql, type Id, type Tx } from '#base';
import { entryBundle } from '#tlog';

/** The leaves of a tile of level 0 of an organisation's log, in one file (C2SP tlog-tiles, entry bundles). */
export async function bundleOf(
  tx: Tx,
  organisation: Id,
  { index, width }: { readonly index: number; readonly width: number },
): Promise<Buffer> {
  const from = index * 256;
  const rows = await tx.rows<{ leaf: Buffer }>(sql`
    select e.leaf from app.audit_places p
    join app.audit_entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id
    where p.organisation_id = ${organisation} and p.tree = 'entries' and p.index >= ${from} and p.index < ${from + width}
    order by p.index`);
  return entryBundle(rows.map(({ leaf }) => leaf));
}
