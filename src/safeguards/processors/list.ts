import { pageOf, pageQuery, sql, type Id, type Page, type PageRequest, type Tx } from '#base';
import { columns, viewOf, type ErasureRow, type ProcessorErasure } from './states.ts';

/** Which deletions are listed: those under way, those given up, or all that one erasure wants. */
export type Wanted = { readonly erasure: Id } | 'open' | 'given-up';

/** Deletions at processors, a page of them, the latest first. Throws `cursor-invalid`, `input-invalid`. */
export async function listProcessorErasures(
  tx: Tx,
  organisation: Id,
  { wanted, ...request }: PageRequest & { readonly wanted: Wanted },
): Promise<Page<ProcessorErasure>> {
  // What was given up is in the order in which it was: the index that finds it has no other.
  const time = wanted === 'given-up' ? sql`settled_at` : sql`made_at`;
  const { after, take } = pageQuery(time, request);
  const rows = await tx.rows<ErasureRow>(sql`
    select ${columns} from app.processor_erasures
    where organisation_id = ${organisation} ${conditionOf(wanted)} ${after}
    order by ${time} desc, id desc limit ${take}`);
  const at = (row: ErasureRow) => (wanted === 'given-up' ? row.settled_at! : row.made_at).getTime();
  return pageOf(rows, request.limit, { at, view: viewOf });
}

function conditionOf(wanted: Wanted) {
  if (wanted === 'open') return sql`and due_at is not null`;
  if (wanted === 'given-up') return sql`and state = 'given-up'`;
  return sql`and erasure_id = ${wanted.erasure}`;
}
