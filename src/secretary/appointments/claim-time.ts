import { problem, savepoint, sql, type Id, type Tx } from '#base';
import { isOpen, type Opening, type Span } from './opening-hours.ts';

/**
 * Refuses a time that nobody could be seen at: `slot-past` when it has begun, `outside-hours` when the business is not
 * open all the while. Without `opening` any hour will do: staff may see someone when they please.
 */
export function checkTime(now: number, span: Span, opening: Opening | undefined): void {
  if (span.startsAt <= now) throw problem('slot-past', 'That time has passed. Choose a later one.');
  if (opening && !isOpen(opening, span))
    throw problem('outside-hours', 'The business is closed then. Choose a time it is open.');
}

/**
 * Runs a write that claims a time of one calendar. Throws `slot-taken` when someone has it; the transaction stays usable.
 * The constraint alone keeps appointments apart. The lock only makes rivals queue: without it two of them can each wait
 * for the other, which PostgreSQL ends as a deadlock after a second.
 */
export async function claimTime<T>(tx: Tx, organisation: Id, agentId: Id, write: () => Promise<T>): Promise<T> {
  const calendar = `calendar:${organisation}:${agentId}`;
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${calendar}, 0))`);
  try {
    return await savepoint(tx, write);
  } catch (error) {
    if (!isOverlap(error)) throw error;
    throw problem('slot-taken', 'Someone else has that time. Choose another one.', { cause: error });
  }
}

function isOverlap(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23P01' && constraint === 'appointments_never_overlap';
}
