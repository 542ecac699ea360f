import { sql, type Id, type Tx } from '#base';

/** A head of the tree of heads with what witnesses signed of it. */
export type CosignedHead = { readonly size: number; readonly note: string };

/** The newest head of the tree of heads, up to a size, that a witness signed: the note with all their lines. */
export async function cosignedGlobal(tx: Tx, upto: number): Promise<CosignedHead | undefined> {
  const rows = await tx.rows<CosignedHead & { readonly line: string }>(sql`
    select size, note, line from sec.log_cosigned(${upto})`);
  const [first] = rows;
  return first && { size: first.size, note: `${first.note}${rows.map(({ line }) => line).join('')}` };
}

/** What an organisation's witnesses signed of heads of its tree, by size; of the sizes from (without) and to (with). */
export async function cosignedOwn(
  tx: Tx,
  organisation: Id,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.rows<{ size: number; lines: string }>(sql`
    select size, string_agg(line, '' order by witness) as lines from app.log_cosignatures
    where organisation_id = ${organisation} and tree = 'entries' and size > ${from} and size <= ${to} group by size`);
  return new Map(rows.map(({ size, lines }) => [size, lines]));
}
