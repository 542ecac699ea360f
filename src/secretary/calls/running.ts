import { iso, sql, type Ctx, type Id } from '#base';
import { watchedMs } from './limits.ts';

/** A person is rung for 25 seconds; who is put through by then needs us no more, and the carrier ends the call by itself. */
const puttingThroughMs = 60_000;

/**
 * How many calls that began before `before` (milliseconds) are still to be answered for, however they are held: between
 * two webhooks of a call that is led turn by turn nothing is open. A hundred stands for any more. `db` is that of the jobs.
 */
export async function callsRunning({ db, clock }: Pick<Ctx, 'db' | 'clock'>, before: number): Promise<number> {
  const now = clock.now();
  const watched = now + watchedMs('listening');
  const putThrough = now + watchedMs('transferring') - puttingThroughMs;
  const found = await db.find<{ id: Id }>(
    sql`select id from sec.calls_running(${iso(before)}, ${iso(watched)}, ${iso(putThrough)})`,
  );
  return found.length;
}
