import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { manualClock } from '#base';
import { cloneDatabase } from '../../test/cluster.ts';
import { migrate, migrationsFolder } from './migrate.ts';
import { admitRoles } from './roles.ts';

const clock = manualClock(Date.UTC(2026, 10, 22));
const day = 86_400_000;

/** An empty database beside that of the tests, and the migrations before this one. */
async function earlier(t: TestContext) {
  const database = await cloneDatabase();
  const name = `${database.name}_earlier`;
  const admin = new pg.Client(database.admin());
  await admin.connect();
  await admin.query(`create database ${name} template template0`);
  const owner = { ...database.connection('migrate'), database: name };
  const client = new pg.Client({ ...database.admin(), database: name });
  await client.connect();
  await admitRoles(client);
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  for (const file of await readdir(migrationsFolder)) {
    if (file < '0025') await cp(join(migrationsFolder, file), join(folder, file));
  }
  t.after(async () => {
    await client.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });
  await migrate(owner, clock, folder);
  return { owner, client };
}

test('what a business had set by an earlier version is set still, and what was gone stays gone', async (t) => {
  const { owner, client } = await earlier(t);
  const id = '01900000-0000-7000-8000-00000000000a';
  await client.query(
    `insert into app.organisations (id, kind, name, time_zone, language, region, created_at)
     values ('${id}', 'customer', 'x', 'Etc/UTC', 'en', 'US', now())`,
  );
  await client.query(
    `insert into app.keepings (organisation_id, version, preset, recording_days, call_days, message_days,
       recordings_gone_to, calls_gone_to, messages_gone_to, changed_at, changed_by)
     values ('${id}', 1, 'minimal', 7, 7, 7, to_timestamp(0), to_timestamp(0), to_timestamp(0), now(), 'system'),
       ('${id}', 2, 'custom', 60, 30, 365, '2026-11-15T00:00:00.123Z', '2026-11-15T00:00:00.123Z',
         '2026-11-14T00:00:00Z', now(), 'system')`,
  );
  await migrate(owner, clock);
  const { rows } = await client.query<{ windows: object; gone_to: Record<string, string>; preset: string }>(
    'select windows, gone_to, preset from app.keepings order by version',
  );
  const ms = (days: number) => ({ ms: days * day });
  const others = { leads: 'account', appointments: 'account' };
  assert.deepEqual(rows[0]!.windows, { recordings: ms(7), calls: ms(7), messages: ms(7), people: ms(7), ...others });
  // A recording is kept no longer than its call.
  assert.deepEqual(rows[1]!.windows, {
    recordings: ms(30),
    calls: ms(30),
    messages: ms(365),
    people: ms(30),
    ...others,
  });
  const [never, then] = ['1970-01-01T00:00:00.000Z', '2026-11-15T00:00:00.123Z'];
  assert.deepEqual(rows[1]!.gone_to, {
    recordings: then,
    calls: then,
    messages: '2026-11-14T00:00:00.000Z',
    people: then,
    leads: never,
    appointments: never,
    handOver: never,
  });
  assert.equal(rows[1]!.preset, 'custom');
});
