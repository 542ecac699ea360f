import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { systemClock } from '#base';
import { testDerive } from '../../test/root-key.ts';
import { withClient } from './connect.ts';
import { startEmbedded } from './embedded.ts';
import { isReachable, serverIdentity } from './identity.ts';
import { asUnwritable } from './layout.ts';
import { trimLog } from './postmaster.ts';
import { packagedPostgres, prepareRuntime } from './runtime.ts';

const isRoot = process.getuid?.() === 0;
const onlyRoot = { skip: !isRoot && 'only root lends the server an account' };

let open: string;
let closed: string;

before(async () => {
  open = await mkdtemp(join(tmpdir(), 'sotto-open-'));
  await chmod(open, 0o755);
  closed = await mkdtemp(join(tmpdir(), 'sotto-closed-'));
  await chmod(closed, 0o700);
});
after(async () => {
  await rm(open, { recursive: true, force: true });
  await rm(closed, { recursive: true, force: true });
});

function system(program: string, ...options: string[]): boolean {
  return spawnSync(program, options).status === 0;
}

/** The package as npm 12 leaves it: unpacked, its install script not run. */
async function unpackWithoutScript(folder: string): Promise<string> {
  const source = packagedPostgres();
  const links = JSON.parse(await readFile(join(source, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    target: string;
  }[];
  await cp(join(source, 'native'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  await cp(join(source, 'package.json'), join(folder, 'package.json'));
  for (const { target } of links) await unlink(join(folder, target));
  return folder;
}

test('everything below closed folders works: programs are copied out, data stays', onlyRoot, async () => {
  const packageFolder = await unpackWithoutScript(join(closed, 'node_modules', 'postgres'));
  const dataDir = join(closed, 'deep', 'data');
  const systemFolder = join(open, 'system');
  const options = {
    dataDir,
    port: 0,
    clock: systemClock,
    log: () => {},
    derive: testDerive,
    packageFolder,
    systemFolder,
  };
  for (const due of [false, true]) {
    const server = await startEmbedded({ ...options, settings: { fsync: 'off' } });
    await withClient(server.admin, async (client) => {
      const { rows } = await client.query("select to_regclass('kept') is not null as kept");
      assert.deepEqual(rows, [{ kept: due }]);
      await client.query('create table if not exists kept (); create extension if not exists btree_gist');
    });
    await server.stop();
  }
  assert.equal((await readdir(systemFolder)).length, 1);
  assert.equal((await stat(closed)).mode & 0o777, 0o700);
  assert.equal((await stat(join(dataDir, 'postgres'))).mode & 0o777, 0o700);
});

test('libraries whose links the blocked install script did not make are linked in place', async () => {
  const packageFolder = await unpackWithoutScript(join(open, 'unlinked'));
  const runtime = await prepareRuntime({ packageFolder, identity: undefined, copyTo: [] });
  assert.deepEqual(runtime, { folder: join(packageFolder, 'native'), major: '18' });
  const { status, stdout } = spawnSync(join(runtime.folder, 'bin', 'postgres'), ['--version'], {
    encoding: 'utf8',
    env: {},
  });
  assert.equal(status, 0);
  assert.match(stdout, /PostgreSQL\) 18\./);
});

test('programs that no account can reach anywhere are a problem with a way out', onlyRoot, async () => {
  const packageFolder = join(closed, 'nowhere');
  for (const part of ['bin', 'lib', 'share']) await mkdir(join(packageFolder, 'native', part), { recursive: true });
  await writeFile(join(packageFolder, 'native', 'bin', 'postgres'), '', { mode: 0o755 });
  await writeFile(join(packageFolder, 'package.json'), '{"version":"18.0.0"}');
  const attempt = prepareRuntime({
    packageFolder,
    identity: { uid: 65_534, gid: 65_534 },
    copyTo: [join(closed, 'copy')],
  });
  await assert.rejects(attempt, { code: 'database-not-ready', message: /SOTTO_DATABASE_URL/ });
});

test('an ordinary user runs the server as itself', onlyRoot, async (t) => {
  const home = join(open, 'home');
  await mkdir(home);
  await chown(home, 65_534, 65_534);
  const here = (name: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href);
  const program = `
    import { systemClock } from ${here('../base/index.ts')};
    import { startEmbedded } from ${here('embedded.ts')};
    import { testDerive } from ${here('../../test/root-key.ts')};
    const options = { dataDir: ${JSON.stringify(join(home, 'data'))}, port: 0, clock: systemClock, log: () => {}, derive: testDerive, settings: { fsync: 'off' } };
    const server = await startEmbedded(options);
    await server.stop();
    process.stdout.write('done');
  `;
  const identity = { uid: 65_534, gid: 65_534 };
  if (!(await isReachable(process.execPath, identity)) || !(await isReachable(import.meta.filename, identity))) {
    t.skip('this checkout lies where an ordinary user cannot read it');
    return;
  }
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    ...identity,
    encoding: 'utf8',
    env: {},
  });
  assert.equal(stdout, 'done', stderr);
  assert.equal((await stat(join(home, 'data', 'postgres'))).uid, 65_534);
});

test(
  'root lends the server the postgres account, else nobody, and says so when there is neither',
  onlyRoot,
  async () => {
    const passwd = async (text: string) => {
      await writeFile(join(open, 'passwd'), text);
      return join(open, 'passwd');
    };
    const root = 'root:x:0:0:root:/root:/bin/sh\n';
    const nobody = 'nobody:x:65534:65533::/:/bin/false\n';
    const postgres = 'postgres:x:26:27::/:/bin/sh\n';
    assert.deepEqual(await serverIdentity(await passwd(root + nobody + postgres)), { uid: 26, gid: 27 });
    assert.deepEqual(await serverIdentity(await passwd(root + nobody)), { uid: 65_534, gid: 65_533 });
    await assert.rejects(serverIdentity(await passwd(root)), { code: 'database-not-ready' });
  },
);

test('a path is reachable when every folder above lets the account pass and the end lets it read', async () => {
  const folder = join(open, 'a', 'b');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'file');
  await writeFile(file, '');
  const stranger = { uid: 4_242, gid: 4_242 };
  const modes = (top: number, inner: number, end: number) =>
    Promise.all([chmod(join(open, 'a'), top), chmod(folder, inner), chmod(file, end)]);
  await modes(0o711, 0o755, 0o644);
  assert.equal(await isReachable(file, stranger), true);
  await symlink(file, join(open, 'link'));
  assert.equal(await isReachable(join(open, 'link'), stranger), true);
  for (const [top, inner, end] of [
    [0o700, 0o755, 0o644],
    [0o755, 0o744, 0o644],
    [0o755, 0o755, 0o640],
  ] as const) {
    await modes(top, inner, end);
    assert.equal(await isReachable(file, stranger), false);
    assert.equal(await isReachable(file, undefined), true);
  }
  await modes(0o755, 0o755, 0o604);
  const { gid } = await stat(file);
  assert.equal(
    await isReachable(file, { uid: 4_242, gid }),
    false,
    'the group is refused although everybody else is let in',
  );
});

test('a disk without room and a folder without rights are told apart', () => {
  assert.throws(() => asUnwritable({ code: 'ENOSPC' }), { code: 'disk-full' });
  assert.throws(() => asUnwritable({ code: 'EROFS' }), { code: 'database-not-ready' });
  assert.throws(() => asUnwritable(new RangeError('ours')), RangeError);
});

test('a full disk is named at the first start and at a later one, and the data survives it', onlyRoot, async (t) => {
  const disk = join(open, 'disk');
  await mkdir(disk);
  const mount = (size: string) => system('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk);
  const unmount = () => system('umount', disk);
  if (!mount('30m')) return t.skip('no file system may be mounted here');
  const options = { dataDir: join(disk, 'data'), port: 0, clock: systemClock, log: () => {}, derive: testDerive };
  try {
    await assert.rejects(startEmbedded(options), { code: 'disk-full' });
    system('mount', '-o', 'remount,size=90m', disk);
    await (await startEmbedded(options)).stop();
    const filler = join(disk, 'filler');
    await writeFile(filler, Buffer.alloc(90_000_000)).catch(() => {});
    await assert.rejects(startEmbedded(options), { code: 'disk-full' });
    await rm(filler);
    await (await startEmbedded(options)).stop();
  } finally {
    unmount();
  }
});

test('the server log is emptied beyond a megabyte and left alone below', async () => {
  const file = join(open, 'server.log');
  await writeFile(file, 'short');
  await trimLog(file);
  assert.equal((await stat(file)).size, 5);
  await writeFile(file, 'x'.repeat(1_048_577));
  await trimLog(file);
  assert.equal((await stat(file)).size, 0);
});
