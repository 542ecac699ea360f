import { sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { numberIn, phoneIndex } from './e164.ts';

/**
 * Under which number something that a caller left is found again: the one they left, else the one they called from. It
 * stays as long as what they left, so that it can be erased when they ask for that, whether they are still known or not.
 */
export async function reachIndex(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  left: { readonly organisation: Id; readonly number: Personal | undefined; readonly contactId: Id | undefined },
): Promise<Buffer | null> {
  const { organisation, number, contactId } = left;
  // What holds no number that could be told is found by whoever left it.
  const other = number ? await phoneIndex(ctx, organisation, number) : null;
  if ((number && numberIn(number)) || contactId === undefined) return other;
  const contact = await tx.maybe<{ phone_index: Buffer | null }>(sql`
    select phone_index from app.contacts where organisation_id = ${organisation} and id = ${contactId}`);
  return contact?.phone_index ?? other;
}
