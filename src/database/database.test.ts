import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openDb, readConfig, sql, systemClock, type LogEvent, type LogFields } from '#base';
import { testDerive } from '../../test/root-key.ts';
import { withClient } from './connect.ts';
import { startDatabase, tenantKey } from './database.ts';
import { adminName } from './initdb.ts';
import { readPostmaster } from './postmaster.ts';

const organisation = '00000000-0000-7000-8000-00000000a001';

let folder: string;
let logged: (readonly [LogEvent, LogFields | undefined])[];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-database-'));
  await chmod(folder, 0o755);
});
after(() => rm(folder, { recursive: true, force: true }));

function begin() {
  logged = [];
  const config = readConfig({ SOTTO_DATA_DIR: folder });
  return startDatabase({
    config,
    clock: systemClock,
    log: (event, fields) => void logged.push([event, fields]),
    derive: testDerive,
    reach: {},
  });
}

function value<T>(event: LogEvent, field: string): T | undefined {
  return logged.find(([name]) => name === event)?.[1]?.[field] as T | undefined;
}

test('the first start on an empty folder ends in a proven database, the second finds its rows again', async () => {
  const first = await begin();
  assert.equal(first.embedded, true);
  assert.equal(Math.floor(first.serverVersion / 10_000), 18);
  assert.ok(Number(value('boot.migrated', 'applied')) >= 5);
  assert.equal(value('boot.proved', 'checks'), 20);
  const write = openDb({ connection: first.connection('app'), role: 'app', tenantKey: tenantKey(testDerive) });
  await write.tenant(organisation, (tx) =>
    tx.run(sql`insert into app.organisations (id, kind, name, time_zone, language, region, created_at)
      values (${organisation}, 'customer', 'Shop', 'UTC', 'en', 'US', now())`),
  );
  await write.close();
  await first.stop();
  await first.stop();

  const second = await begin();
  assert.equal(value('boot.migrated', 'applied'), 0);
  const read = openDb({
    connection: second.connection('app'),
    role: 'app',
    tenantKey: tenantKey(testDerive),
    readOnly: true,
  });
  assert.deepEqual(await read.tenant(organisation, (tx) => tx.rows(sql`select name from app.organisations`)), [
    { name: 'Shop' },
  ]);
  await read.close();
  await second.stop();
});

test('a database that does not keep organisations apart is not served, and its server is stopped', async () => {
  const database = await begin();
  const admin = {
    ...database.connection('app'),
    user: adminName,
    password: testDerive('database:admin').toString('hex'),
  };
  await withClient(admin, (client) => client.query('grant truncate on app.calls to sotto_jobs'));
  await database.stop();
  await assert.rejects(begin(), { code: 'isolation-broken', message: /privilege-beyond-rows: app\.calls TRUNCATE/ });
  assert.equal(await readPostmaster(join(folder, 'postgres')), undefined);
});
