import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { access, chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { openDb, readConfig, sql, systemClock, transactionOf, type Config } from '#base';
import { testDerive } from '../../test/root-key.ts';
import { newEnough, startDatabase, tenantKey, type Database } from './database.ts';
import { startEmbedded } from './embedded.ts';
import { serverIdentity } from './identity.ts';
import { layOut } from './layout.ts';
import { startPostmaster, stopPostmaster } from './postmaster.ts';
import { proveIsolation } from './prover.ts';
import { loginRoles, type Derive } from './roles.ts';

/** A server that somebody else runs, and how its superuser signs in. */
type Server = { readonly admin: pg.ClientConfig; stop(): Promise<void> };

const debian15 = '/usr/lib/postgresql/15';
const has15 = await access(join(debian15, 'bin', 'initdb')).then(
  () => true,
  () => false,
);

async function embedded18(folder: string): Promise<Server> {
  const options = { dataDir: folder, port: 0, clock: systemClock, log: () => {}, derive: testDerive };
  return startEmbedded({ ...options, settings: { fsync: 'off' } });
}

async function installed15(folder: string): Promise<Server> {
  const identity = await serverIdentity();
  const layout = await layOut(folder);
  const password = join(folder, 'password');
  await writeFile(password, 'master');
  await mkdir(layout.data);
  for (const path of identity ? [layout.data, password] : []) await chown(path, identity!.uid, identity!.gid);
  const options = [
    '-D',
    layout.data,
    '-U',
    'master',
    '--auth=scram-sha-256',
    `--pwfile=${password}`,
    '--no-sync',
    '--locale=C',
    '-E',
    'UTF8',
  ];
  const { status, stderr } = spawnSync(join(debian15, 'bin', 'initdb'), options, {
    ...identity,
    env: {},
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const place = { runtime: { folder: debian15, major: '15' }, identity, isReachable: true };
  const { pid, port } = await startPostmaster({
    layout,
    place,
    clock: systemClock,
    port: 0,
    settings: { fsync: 'off' },
  });
  const admin = { host: '127.0.0.1', port, user: 'master', password: 'master', database: 'postgres' };
  return { admin, stop: () => stopPostmaster(pid, systemClock) };
}

async function as<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** One server with a database that Sotto may have, and the ways to start on it. */
type Shop = {
  readonly server: Server;
  readonly major: number;
  readonly config: Config;
  configFor(user: string, database: string): Config;
  begin(how?: Config, derive?: Derive): Promise<Database>;
  roles(): Promise<unknown>;
};

async function openShop(server: Server, major: number): Promise<Shop> {
  await as(server.admin, async (client) => {
    await client.query("create role keeper login createrole password 'kept'; create role guest login password 'guest'");
    await client.query('create database shop owner keeper');
  });
  const configFor = (user: string, database: string) =>
    readConfig({ SOTTO_DATABASE_URL: `postgres://${user}@127.0.0.1:${server.admin.port}/${database}` });
  const config = configFor('keeper:kept', 'shop');
  return {
    server,
    major,
    config,
    configFor,
    begin: (how = config, derive = testDerive) =>
      startDatabase({ config: how, clock: systemClock, log: () => {}, derive, reach: {} }),
    roles: async () =>
      (
        await as(server.admin, (client) =>
          client.query(`select rolname, rolpassword from pg_authid ${ours} order by 1`),
        )
      ).rows,
  };
}

const ours = "where rolname like 'sotto%' and rolname <> 'sotto_admin'";

/** What holds on every server, in the order of an installation's life. */
const promises: readonly (readonly [promise: string, keep: (shop: Shop) => Promise<void>])[] = [
  [
    'a user that may not make roles is told what it needs, and leaves none behind',
    async (shop) => {
      await assert.rejects(shop.begin(shop.configFor('guest:guest', 'shop')), {
        code: 'database-refused',
        message: /CREATEROLE/,
      });
      assert.deepEqual(await shop.roles(), []);
    },
  ],
  [
    'a wrong password, a missing database and a server that is not there are told apart',
    async (shop) => {
      await assert.rejects(shop.begin(shop.configFor('keeper:wrong', 'shop')), {
        code: 'database-refused',
        message: /password/,
      });
      await assert.rejects(shop.begin(shop.configFor('keeper:kept', 'nowhere')), {
        code: 'database-refused',
        message: /database/,
      });
      const silent = readConfig({ SOTTO_DATABASE_URL: 'postgres://keeper:kept@127.0.0.1:1/shop' });
      await assert.rejects(shop.begin(silent), { code: 'database-unavailable' });
    },
  ],
  [
    'two nodes that start at once set it up together, without a superuser',
    async (shop) => {
      const [first, second] = await Promise.all([shop.begin(), shop.begin()]);
      assert.equal(Math.floor(first.serverVersion / 10_000), shop.major);
      assert.equal(first.embedded, false);
      const db = openDb({ connection: second.connection('app'), role: 'app', tenantKey: tenantKey(testDerive) });
      const organisation = '00000000-0000-7000-8000-00000000a001';
      assert.deepEqual(await db.tenant(organisation, (tx) => tx.rows(sql`select sec.tenant() as id`)), [
        { id: organisation },
      ]);
      await db.close();
      await first.stop();
    },
  ],
  [
    'nothing privileged stays connected, and nobody else may connect',
    async (shop) => {
      await shop.begin();
      const { rows } = await as(shop.server.admin, (client) =>
        client.query("select usename from pg_stat_activity where datname = 'shop'"),
      );
      assert.deepEqual(rows, []);
      await assert.rejects(
        as({ ...shop.server.admin, user: 'guest', password: 'guest', database: 'shop' }, () => Promise.resolve()),
        { code: '42501' },
      );
    },
  ],
  [
    'the roles can do no more than they must',
    async (shop) => {
      const { rows } = await as(shop.server.admin, (client) =>
        client.query(
          `select distinct rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolinherit from pg_roles ${ours}`,
        ),
      );
      assert.deepEqual(rows, [
        {
          rolsuper: false,
          rolcreatedb: false,
          rolcreaterole: false,
          rolreplication: false,
          rolbypassrls: false,
          rolinherit: false,
        },
      ]);
    },
  ],
  [
    'a start with another root key is refused before anything is changed',
    async (shop) => {
      const known = await shop.roles();
      const stranger: Derive = (purpose) => testDerive(`stranger/${purpose}`);
      await assert.rejects(shop.begin(shop.config, stranger), {
        code: 'database-refused',
        message: /another root key/,
      });
      assert.deepEqual(await shop.roles(), known);
    },
  ],
  [
    'a running role that changed its own password and defaults is put back, and it is said',
    async (shop) => {
      const app = (await shop.begin()).connection('app');
      await as(app, async (client) => {
        await client.query("alter role sotto_app set search_path = nowhere; alter role sotto_app password 'stolen'");
        await client.query('alter role sotto_app in database shop set default_transaction_read_only = on');
      });
      const told: unknown[] = [];
      await startDatabase({
        config: shop.config,
        clock: systemClock,
        derive: testDerive,
        reach: {},
        log: (event, fields) => void (event === 'database.role-mended' && told.push(fields)),
      });
      assert.deepEqual(told, [{ role: 'sotto_app' }]);
      await as(app, async (client) => {
        const shown = async (name: string) =>
          (await client.query<Record<string, string>>(`show ${name}`)).rows[0]![name];
        assert.equal(await shown('default_transaction_read_only'), 'off');
        assert.notEqual(await shown('search_path'), 'nowhere');
      });
    },
  ],
  [
    'a second database of the same server serves the same installation',
    async (shop) => {
      await as(shop.server.admin, (client) => client.query('create database second owner keeper'));
      const second = await shop.begin(shop.configFor('keeper:kept', 'second'));
      await as(second.connection('app'), async (client) => {
        assert.deepEqual((await client.query('select current_database() as name')).rows, [{ name: 'second' }]);
      });
    },
  ],
  [
    'a fault in the isolation keeps Sotto from starting and is named',
    async (shop) => {
      const there = { ...shop.server.admin, database: 'shop' };
      await as(there, (client) => client.query('alter table app.calls no force row level security'));
      await assert.rejects(shop.begin(), { code: 'isolation-broken', message: /row-security-not-forced: app\.calls/ });
      await as(there, (client) => client.query('alter table app.calls force row level security'));
      await shop.begin();
    },
  ],
  [
    'the migrating role inherits nothing from the finder, and its doing so would be seen',
    async (shop) => {
      const there = { ...shop.server.admin, database: 'shop' };
      await as(there, async (client) => {
        await client.query('begin; alter role sotto_migrate inherit');
        if (shop.major > 15) await client.query('grant sotto_finder to sotto_migrate with inherit true');
        const { faults } = await proveIsolation(transactionOf(client));
        assert.deepEqual(faults, [{ check: 'role-is-member', object: 'sotto_migrate in sotto_finder' }]);
        await client.query('rollback');
      });
    },
  ],
  [
    'every role of ours signs in with scram and no other way',
    async (shop) => {
      const { rows } = await as(shop.server.admin, (client) =>
        client.query(
          `select count(*)::integer as hashed from pg_authid ${ours} and rolpassword like 'SCRAM-SHA-256$%'`,
        ),
      );
      assert.deepEqual(rows, [{ hashed: loginRoles.length }]);
    },
  ],
];

const servers = [
  { name: 'PostgreSQL 18', start: embedded18, major: 18, skip: false },
  { name: 'PostgreSQL 15', start: installed15, major: 15, skip: !has15 && 'PostgreSQL 15 is not installed here' },
];

for (const { name, start, major, skip } of servers) {
  suite(`somebody else's ${name}`, { skip }, () => {
    let folder: string;
    let shop: Shop;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sotto-external-'));
      await chmod(folder, 0o755);
      shop = await openShop(await start(folder), major);
    });
    after(async () => {
      await shop.server.stop();
      await rm(folder, { recursive: true, force: true });
    });

    for (const [promise, keep] of promises) test(promise, () => keep(shop));
  });
}

test('PostgreSQL 14 is too old, 15 is not', () => {
  assert.throws(() => newEnough(140_022), { code: 'database-too-old', message: /14/ });
  assert.equal(newEnough(150_000), 150_000);
});
