import type { Tx } from './db.ts';
import { sql } from './sql.ts';

/**
 * Runs `work` so that its failure undoes its own writes and nothing else: the transaction it runs in stays usable.
 * The error is thrown on. Nests.
 */
export async function savepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.run(sql`savepoint attempt`);
  try {
    const result = await work();
    await tx.run(sql`release savepoint attempt`);
    return result;
  } catch (error) {
    await tx.run(sql`rollback to savepoint attempt`);
    await tx.run(sql`release savepoint attempt`);
    throw error;
  }
}
