import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { isProblem, manualClock, openDb, seededRandom, sql, type Id } from '#base';
import { cloneDatabase, testDerive } from '../../../test/cluster.ts';
import { testKeystore } from '../../../test/keys.ts';
import { canaryIds, ensureInstance, instanceId } from './instance.ts';

async function fresh(t: TestContext) {
  const database = await cloneDatabase();
  const db = openDb({ connection: database.connection('app'), role: 'app', tenantKey: testDerive('tenant-token') });
  const random = seededRandom(t.name);
  const clock = manualClock(Date.UTC(2026, 10, 20));
  const keys = testKeystore(random);
  t.after(async () => {
    await db.close();
    await keys.close();
    await database.drop();
  });
  return { db, random, clock, keys };
}

type Fresh = Awaited<ReturnType<typeof fresh>>;

const organisations = ({ db }: Fresh) =>
  db.open((tx) => tx.rows<{ id: Id; kind: string }>(sql`select id, kind from sec.organisations() order by id`));

const made = [
  { id: instanceId, kind: 'instance' },
  { id: canaryIds[0], kind: 'canary' },
  { id: canaryIds[1], kind: 'canary' },
];

test('a new installation has its own organisation and two canaries, and a second start makes no more', async (t) => {
  const ctx = await fresh(t);
  await ensureInstance(ctx);
  await ensureInstance(ctx);
  assert.deepEqual(await organisations(ctx), made);
});

test('two processes that start at once on an empty database make one installation', async (t) => {
  const ctx = await fresh(t);
  await Promise.all([ensureInstance(ctx), ensureInstance(ctx), ensureInstance(ctx)]);
  assert.deepEqual(await organisations(ctx), made);
});

test('data never meets another keystore: the start is refused in words that say what to restore', async (t) => {
  const ctx = await fresh(t);
  await ensureInstance(ctx);
  const keys = testKeystore(seededRandom('another'));
  t.after(() => keys.close());
  await assert.rejects(ensureInstance({ ...ctx, keys }), (error: unknown) => {
    assert.ok(isProblem(error, 'keystore-missing'));
    assert.match(error.message, new RegExp(`${ctx.keys.id}.*${keys.id}.*keystore\\.db`));
    return true;
  });
  await ensureInstance(ctx);
});

test('of two processes with different keystores on an empty database only one starts', async (t) => {
  const ctx = await fresh(t);
  const keys = testKeystore(seededRandom('another'));
  t.after(() => keys.close());
  const starts = await Promise.allSettled([ensureInstance(ctx), ensureInstance({ ...ctx, keys })]);
  assert.deepEqual(starts.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
});

test('the canaries do not see each other', async (t) => {
  const ctx = await fresh(t);
  await ensureInstance(ctx);
  for (const id of canaryIds) {
    const seen = await ctx.db.tenant(id, (tx) => tx.rows<{ id: Id }>(sql`select id from app.organisations`));
    assert.deepEqual(seen, [{ id }]);
  }
});
