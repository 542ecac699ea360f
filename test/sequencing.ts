import { openDb, type Ctx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { sequenceAll } from '#safeguards/log';
import { testDerive, type TestDatabase } from './cluster.ts';

/** Gives everything that was recorded its place under a signed head, as the sequencer does each minute. */
export async function sequenceNow(ctx: Ctx, database: Pick<TestDatabase, 'connection'>): Promise<number> {
  const db = openDb({ connection: database.connection('jobs'), role: 'jobs', tenantKey: testDerive('tenant-token') });
  try {
    return await sequenceAll({ ...ctx, db, installation: instanceId }, 'all', true);
  } finally {
    await db.close();
  }
}
