import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDb, sql } from '#base';
import { cloneDatabase, testDerive, type TestDatabase } from '../../test/cluster.ts';

let database: TestDatabase;
before(async () => {
  database = await cloneDatabase();
});
after(() => database.drop());

/** A pool whose only connection is busy, and a transaction that waits for it. */
async function waiting(role: 'app' | 'jobs') {
  const db = openDb({
    connection: database.connection(role),
    role,
    tenantKey: testDerive('tenant-token'),
    poolSize: 1,
  });
  const taken = Promise.withResolvers<void>();
  const busy = Promise.withResolvers<void>();
  const first = db.open(() => {
    taken.resolve();
    return busy.promise;
  });
  await taken.promise;
  const second = db.find<{ one: number }>(sql`select 1 as one`);
  second.catch(() => {});
  return {
    second,
    free: () => busy.resolve(),
    async close() {
      busy.resolve();
      await first;
      await db.close();
    },
  };
}

test('who is on the line is told soon that the database is busy; work behind the calls waits longer for its turn', async () => {
  const [work, call] = [await waiting('jobs'), await waiting('app')];
  try {
    await assert.rejects(call.second, { code: 'database-unavailable' });
    work.free();
    assert.deepEqual(await work.second, [{ one: 1 }]);
  } finally {
    await Promise.all([work.close(), call.close()]);
  }
});
