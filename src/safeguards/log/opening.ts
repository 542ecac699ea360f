import { isProblem, sql, type Ctx, type Id, type Tx } from '#base';
import { openingIn, type Opening } from '#safeguards/audit';

/**
 * Salt and details of an entry, with which anybody checks the commitment in its leaf; undefined where it has none, or
 * where they were erased.
 */
export async function openingOf(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  entryId: Id,
): Promise<Opening | undefined> {
  const row = await tx.maybe<{ details: Buffer }>(sql`
    select details from app.audit_details where organisation_id = ${organisation} and entry_id = ${entryId}`);
  if (!row) return undefined;
  try {
    return await openingIn(ctx, organisation, { id: entryId, sealed: row.details });
  } catch (error) {
    if (isProblem(error, 'content-erased')) return undefined;
    throw error;
  }
}
