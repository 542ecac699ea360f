import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { pause, systemClock, type LogEvent } from '#base';
import { testDerive } from '../../test/root-key.ts';
import { withClient } from './connect.ts';
import { startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.ts';
import { isAlive, readPostmaster } from './postmaster.ts';

// One after the other on one data directory where that is the story; each initdb costs half a second.
let root: string;
let shared: string;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'sotto-embedded-'));
  await chmod(root, 0o755);
  shared = join(root, 'shared');
});
after(() => rm(root, { recursive: true, force: true }));

function optionsFor(dataDir: string, more: Partial<EmbeddedOptions> = {}): EmbeddedOptions {
  return {
    dataDir,
    port: 0,
    clock: systemClock,
    log: () => {},
    derive: testDerive,
    settings: { fsync: 'off' },
    ...more,
  };
}

async function postmasterOf(dataDir: string): Promise<number> {
  const found = await readPostmaster(join(dataDir, 'postgres'));
  assert.ok(found, 'no server runs there');
  return found.pid;
}

async function ask(server: Embedded, text: string): Promise<unknown[]> {
  return withClient(server.admin, async (client) => (await client.query<Record<string, unknown>>(text)).rows);
}

/** A real Sotto process that starts the database and stays until SIGTERM. */
function spawnElsewhere(dataDir: string): ChildProcess {
  const here = (name: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href);
  const program = `
    import { keepAlive, systemClock } from ${here('../base/index.ts')};
    import { startEmbedded } from ${here('embedded.ts')};
    import { testDerive } from ${here('../../test/root-key.ts')};
    keepAlive();
    const options = { dataDir: ${JSON.stringify(dataDir)}, port: 0, clock: systemClock, log: () => {}, derive: testDerive, settings: { fsync: 'off' } };
    const server = await startEmbedded(options);
    process.on('SIGTERM', () => server.stop().then(() => process.exit()));
    process.stdout.write('started\\n');
  `;
  return spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function startElsewhere(dataDir: string): Promise<ChildProcess> {
  const child = spawnElsewhere(dataDir);
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  assert.equal(line, 'started');
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

test('a first start makes a cluster that only a password opens, whatever an earlier start left half made', async () => {
  await mkdir(join(shared, 'postgres.making-dead'), { recursive: true });
  await writeFile(join(shared, 'postgres.making-dead', 'half'), 'half');
  const events: LogEvent[] = [];
  const server = await startEmbedded(optionsFor(shared, { log: (event) => events.push(event) }));
  assert.deepEqual(events, ['boot.database-started']);
  const rows = await ask(
    server,
    `select (select datlocprovider::text || datlocale from pg_database where datname = 'template1') as locale,
      current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses,
      current_setting('unix_socket_directories') as sockets,
      (select array_agg(distinct auth_method) from pg_hba_file_rules) as methods,
      (select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'sotto_admin') as hashed`,
  );
  assert.deepEqual(rows, [
    {
      locale: 'bC.UTF-8',
      checksums: 'on',
      addresses: '127.0.0.1',
      sockets: '',
      methods: ['scram-sha-256'],
      hashed: true,
    },
  ]);
  const wrong = { ...server.admin, password: 'guess' };
  await assert.rejects(
    withClient(wrong, () => Promise.resolve()),
    { code: 'database-refused' },
  );
  const pid = await postmasterOf(shared);
  await server.stop();
  assert.equal(await isAlive(pid), false);
  assert.deepEqual(
    (await readdir(shared)).filter((name) => name.includes('making')),
    [],
  );
});

test(
  'the server gets nothing of our environment',
  { skip: process.platform !== 'linux' && 'only Linux shows it' },
  async () => {
    process.env['SOTTO_PLANTED_SECRET'] = 'quokka';
    const server = await startEmbedded(optionsFor(shared));
    delete process.env['SOTTO_PLANTED_SECRET'];
    const environment = await readFile(`/proc/${await postmasterOf(shared)}/environ`, 'utf8');
    await server.stop();
    const names = environment
      .split('\0')
      .filter(Boolean)
      .map((line) => line.split('=')[0]);
    assert.deepEqual(
      names.filter((name) => !['LC_ALL', 'TZ', 'PGLOCALEDIR', 'PGSYSCONFDIR'].includes(name!)),
      [],
    );
  },
);

test('no value of any statement reaches the log, not even of one that fails', async () => {
  const server = await startEmbedded(optionsFor(shared));
  await withClient(server.admin, async (client) => {
    await client.query('create table people (email text unique, born date check (born > $$1900-01-01$$))');
    await client.query("insert into people values ('quokka@example.com')");
    const failing = [
      { text: 'insert into people values ($1)', values: ['quokka@example.com'] },
      { text: 'insert into people (born) values ($1)', values: ['quokka'] },
      { text: "insert into people (email, born) values ('quokka', '1800-01-01')" },
      { text: 'select quokka' },
      { text: "do $$ begin raise exception 'quokka'; end $$" },
      { text: "do $$ begin raise warning 'quokka'; end $$" },
    ];
    for (const statement of failing) await client.query(statement).catch(() => {});
    await client.query("select pg_terminate_backend(pg_backend_pid()), 'quokka'").catch(() => {});
  });
  await server.stop();
  const log = await readFile(join(shared, 'postgres.log'), 'utf8');
  assert.match(log, /terminating connection/);
  assert.doesNotMatch(log, /quokka|1800-01/);
});

test('a server that outlived a killed Sotto is adopted with all its data', async () => {
  const child = await startElsewhere(shared);
  const pid = await postmasterOf(shared);
  await end(child, 'SIGKILL');
  assert.equal(await isAlive(pid), true);
  const events: LogEvent[] = [];
  const server = await startEmbedded(optionsFor(shared, { log: (event) => events.push(event) }));
  assert.deepEqual(events, ['boot.database-adopted']);
  assert.equal(await postmasterOf(shared), pid);
  assert.deepEqual(await ask(server, 'select email from people'), [{ email: 'quokka@example.com' }]);
  await server.stop();
  assert.equal(await isAlive(pid), false);
});

test('a server is shared by every process on its data directory and stops with the last', async () => {
  const server = await startEmbedded(optionsFor(shared));
  const pid = await postmasterOf(shared);
  const child = await startElsewhere(shared);
  assert.equal(await postmasterOf(shared), pid);
  await server.stop();
  assert.equal(await isAlive(pid), true);
  await end(child, 'SIGTERM');
  assert.equal(await isAlive(pid), false);
});

test('a server that is killed comes back on its port without losing a committed row', async () => {
  const server = await startEmbedded(optionsFor(shared, { settings: {} }));
  await ask(server, "insert into people (email) values ('after@example.com')");
  const pid = await postmasterOf(shared);
  process.kill(pid, 'SIGKILL');
  for (let tries = 0; (await ask(server, 'select 1').catch(() => [])).length === 0; tries++) {
    assert.ok(tries < 100, 'it did not come back');
    await pause(systemClock, 100);
  }
  assert.notEqual(await postmasterOf(shared), pid);
  assert.deepEqual(await ask(server, "select email from people where email like 'after%'"), [
    { email: 'after@example.com' },
  ]);
  await server.stop();
});

test('a pid file that names a dead process, or a living one that is not PostgreSQL, keeps nobody out', async () => {
  for (const pid of [4_194_303, process.pid]) {
    await writeFile(
      join(shared, 'postgres', 'postmaster.pid'),
      `${pid}\n${join(shared, 'postgres')}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    const server = await startEmbedded(optionsFor(shared));
    assert.notEqual(await postmasterOf(shared), pid);
    await server.stop();
  }
});

test('a process that ended unnoticed by its parent is not taken for a living one', async () => {
  // The shell leaves its child to a program that waits for nobody.
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
  assert.equal(await isAlive(parent.pid!), true);
  for (let tries = 0; await isAlive(Number(line)); tries++) {
    assert.ok(tries < 100, 'it seems to live');
    await pause(systemClock, 20);
  }
  await end(parent, 'SIGKILL');
});

test(
  'root runs the server as whoever owns the data',
  { skip: process.getuid?.() !== 0 && 'only root can' },
  async () => {
    const data = join(shared, 'postgres');
    const { uid, gid } = await stat(data);
    spawnSync('chown', ['-R', '65533:65533', data]);
    const server = await startEmbedded(optionsFor(shared));
    assert.equal((await stat(join(data, 'postmaster.pid'))).uid, 65_533);
    await server.stop();
    spawnSync('chown', ['-R', `${uid}:${gid}`, data]);
  },
);

test('another root key is refused, and the server it cannot open is not left running', async () => {
  const derive = (purpose: string) => Buffer.from(testDerive(`other/${purpose}`));
  await assert.rejects(startEmbedded(optionsFor(shared, { derive })), { code: 'database-refused' });
  assert.equal(await readPostmaster(join(shared, 'postgres')), undefined);
});

test('a port that is taken is named, and nothing is started', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  await assert.rejects(startEmbedded(optionsFor(shared, { port })), {
    code: 'port-taken',
    message: new RegExp(String(port)),
  });
  assert.equal(await readPostmaster(join(shared, 'postgres')), undefined);
  squatter.close();
});

test('data of another PostgreSQL version, or of something else, is named and not touched', async () => {
  const old = join(root, 'old');
  await mkdir(join(old, 'postgres'), { recursive: true });
  await writeFile(join(old, 'postgres', 'PG_VERSION'), '17\n');
  await assert.rejects(startEmbedded(optionsFor(old)), { code: 'data-directory-foreign', message: /PostgreSQL 17/ });
  assert.deepEqual(await readdir(join(old, 'postgres')), ['PG_VERSION']);
  const strange = join(root, 'strange');
  await mkdir(join(strange, 'postgres'), { recursive: true });
  await writeFile(join(strange, 'postgres', 'diary.txt'), 'mine');
  await assert.rejects(startEmbedded(optionsFor(strange)), { code: 'data-directory-foreign' });
  assert.equal(await readFile(join(strange, 'postgres', 'diary.txt'), 'utf8'), 'mine');
});

test('a data directory that cannot be made is a problem with a way out', async () => {
  const file = join(root, 'file');
  await writeFile(file, '');
  for (const dataDir of [file, join(file, 'below')]) {
    await assert.rejects(startEmbedded(optionsFor(dataDir)), { code: 'database-not-ready', message: /SOTTO_DATA_DIR/ });
  }
});

test('three processes that start at once, the first of them killed while it makes the cluster, share one server', async () => {
  const contested = join(root, 'contested');
  const killed = spawnElsewhere(contested);
  const isMaking = async () =>
    (await readdir(contested).catch(() => [])).some((name) => name.startsWith('postgres.making-'));
  while (!(await isMaking())) await pause(systemClock, 5);
  await end(killed, 'SIGKILL');
  const [child, other, server] = await Promise.all([
    startElsewhere(contested),
    startElsewhere(contested),
    startEmbedded(optionsFor(contested)),
  ]);
  assert.equal((await ask(server, 'select 1')).length, 1);
  await server.stop();
  await end(other, 'SIGTERM');
  await end(child, 'SIGTERM');
});
