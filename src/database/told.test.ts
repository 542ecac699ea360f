import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDb, sql, type Db } from '#base';
import { cloneDatabase, testDerive, type TestDatabase } from '../../test/cluster.ts';
import { tenantKey } from './database.ts';

const one = '00000000-0000-7000-8000-00000000a001';

let database: TestDatabase;
let db: Db;
let told: (readonly [string, ...string[]])[];

before(async () => {
  database = await cloneDatabase();
  db = openDb({
    connection: database.connection('app'),
    role: 'app',
    tenantKey: tenantKey(testDerive),
    onTold: (organisation, objects) => void told.push([organisation, ...objects]),
  });
});
after(async () => {
  await db.close();
  await database.drop();
});

test('what a transaction tells is told once it has committed, and not before', async () => {
  told = [];
  await db.tenant(one, async (tx) => {
    tx.tell('call:a');
    await tx.one(sql`select 1 as one`);
    tx.tell('lead:b');
    assert.deepEqual(told, []);
  });
  assert.deepEqual(told, [[one, 'call:a', 'lead:b']]);
});

test('a transaction that fails tells nothing, whether its work or one of its statements failed', async () => {
  told = [];
  const failing = db.tenant(one, async (tx) => {
    tx.tell('call:a');
    throw new Error('planted');
  });
  await assert.rejects(failing, /planted/);
  const aborted = db.tenant(one, async (tx) => {
    tx.tell('call:a');
    tx.issue(sql`select 1 / 0`);
  });
  await assert.rejects(aborted, { code: '22012' });
  assert.deepEqual(told, []);
});

test('a transaction that tells nothing is not heard of', async () => {
  told = [];
  await db.tenant(one, (tx) => tx.one(sql`select 1 as one`));
  assert.deepEqual(told, []);
});
