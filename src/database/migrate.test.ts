import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { manualClock } from '#base';
import { cloneDatabase, type TestDatabase } from '../../test/cluster.ts';
import { migrate, migrationsFolder, migrationsHash } from './migrate.ts';

const clock = manualClock(Date.UTC(2026, 0, 1));
let database: TestDatabase;
let client: pg.Client;
let folder: string;

before(async () => {
  database = await cloneDatabase();
  client = new pg.Client(database.connection('migrate'));
  await client.connect();
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
});
after(async () => {
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** The released migrations in a folder that the test may change. */
async function released(): Promise<string> {
  const copy = await mkdtemp(join(folder, 'case-'));
  await cp(migrationsFolder, copy, { recursive: true });
  return copy;
}

async function ledgerNames(): Promise<string[]> {
  return (await client.query<{ name: string }>('select name from ledger.migrations order by position')).rows.map(
    ({ name }) => name,
  );
}

const run = (from: string) => migrate(database.connection('migrate'), clock, from);

test('a migrated database needs nothing and the last link of the chain is its name', async () => {
  assert.deepEqual(await run(migrationsFolder), []);
  const { rows } = await client.query(
    "select encode(hash, 'hex') as hash from ledger.migrations order by position desc limit 1",
  );
  assert.deepEqual(rows, [{ hash: await migrationsHash() }]);
});

test('an applied file that was edited, even by a space, is refused by name', async () => {
  const copy = await released();
  await appendFile(join(copy, '0002-accounts.sql'), ' ');
  await assert.rejects(run(copy), { code: 'migration-edited', message: /0002-accounts\.sql/ });
});

test('an applied file that was renamed, or one slipped in before it, is refused', async () => {
  const renamed = await released();
  await rename(join(renamed, '0003-audit.sql'), join(renamed, '0003-audits.sql'));
  await assert.rejects(run(renamed), { code: 'migration-unknown', message: /0003-audit\.sql/ });
  const slipped = await released();
  await writeFile(join(slipped, '0002-before.sql'), 'select 1');
  await assert.rejects(run(slipped), { code: 'migration-edited', message: /0002-before\.sql/ });
});

test('a database with a migration that the program lacks is left alone', async () => {
  const copy = await released();
  await unlink(join(copy, '0005-trust.sql'));
  await assert.rejects(run(copy), { code: 'migration-unknown', message: /0005-trust\.sql/ });
});

test('a migration that fails leaves nothing of itself and can be applied once it is mended', async () => {
  const copy = await released();
  const names = await ledgerNames();
  await writeFile(join(copy, '9000-halves.sql'), 'create table sec.half (); select 1 / 0;');
  await assert.rejects(run(copy), { code: '22012' });
  assert.deepEqual(await ledgerNames(), names);
  await writeFile(join(copy, '9000-halves.sql'), 'create table sec.half (); drop table sec.half;');
  assert.deepEqual(await run(copy), ['9000-halves.sql']);
  await client.query("delete from ledger.migrations where name like '9%'");
});

test('four nodes that start at once apply each migration once', async () => {
  const copy = await released();
  await writeFile(join(copy, '9001-a.sql'), 'create table sec.a (); select pg_sleep(0.05);');
  await writeFile(join(copy, '9002-b.sql'), 'drop table sec.a');
  const done = await Promise.all([run(copy), run(copy), run(copy), run(copy)]);
  assert.deepEqual(done.flat().toSorted(), ['9001-a.sql', '9002-b.sql']);
  await client.query("delete from ledger.migrations where name like '9%'");
});
