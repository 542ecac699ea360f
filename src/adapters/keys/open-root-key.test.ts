import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { isProblem, loadCatalogue, readConfig, seededRandom, type Config, type Random } from '#base';
import { noWayOut } from '../../../test/no-way-out.ts';
import type { KeyProvider } from './key-provider.ts';
import { localRoot } from './local-root.ts';
import { openKeyring } from './open-root-key.ts';

/** The root key that is in use, as a start opens it. */
async function openRootKey(config: Config, create: boolean, random: Random) {
  return (await openKeyring(config, { random, http: noWayOut })).open(create);
}

const unreadable = (fix: RegExp) => (error: unknown) =>
  isProblem(error, 'root-key-unreadable') && fix.test(error.message);

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('every key provider is whole, and the one is chosen that the configuration means', async () => {
  const providers = await loadCatalogue<KeyProvider>(join(import.meta.dirname, 'vendors'));
  assert.deepEqual(
    providers.map(({ id }) => id),
    ['environment', 'file', 'pkcs11', 'transit'],
  );
  const chosen = [
    [{}, 'file'],
    [{ SOTTO_ROOT_KEY_FILE: '/somewhere' }, 'file'],
    [{ SOTTO_ROOT_KEY: 'ab'.repeat(32) }, 'environment'],
    [{ SOTTO_ROOT_KEY: 'ab'.repeat(32), SOTTO_KEY_PROVIDER: 'file' }, 'file'],
  ] as const;
  for (const [env, id] of chosen) {
    const keyring = await openKeyring(readConfig(env), { random: seededRandom('a'), http: noWayOut });
    assert.equal(keyring.chosen, id);
  }
});

test('the first start makes a root key that only its owner can read, later ones open the same', async (t) => {
  const folder = await folderOf(t);
  const config = readConfig({ SOTTO_DATA_DIR: join(folder, 'data') });
  const made = await openRootKey(config, true, seededRandom('first'));
  const file = join(folder, 'data', 'keys', 'root.key');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.equal((await stat(join(folder, 'data', 'keys'))).mode & 0o777, 0o700);
  assert.deepEqual(await readdir(join(folder, 'data', 'keys')), ['root.key'], 'no draft is left');
  const text = await readFile(file, 'latin1');
  assert.match(text, /^[0-9a-f]{64}\n$/);
  const expected = localRoot(Buffer.from(text.trim(), 'hex'), seededRandom('a')).seed;
  assert.deepEqual(made.seed, expected);
  for (const create of [true, false]) {
    assert.deepEqual((await openRootKey(config, create, seededRandom('second'))).seed, expected);
  }
});

test('of many first starts at once one root key wins, and all of them use it', async (t) => {
  const config = readConfig({ SOTTO_ROOT_KEY_FILE: join(await folderOf(t), 'deep', 'key') });
  const starts = Array.from({ length: 8 }, (_, at) => openRootKey(config, true, seededRandom(`start ${at}`)));
  const derived = (await Promise.all(starts)).map((root) => root.seed?.toString('hex'));
  assert.equal(new Set(derived).size, 1);
});

test('a missing root key is not replaced unless it may be made', async (t) => {
  const folder = await folderOf(t);
  const config = readConfig({ SOTTO_DATA_DIR: folder });
  await assert.rejects(openRootKey(config, false, seededRandom('a')), unreadable(/does not exist\. Put/));
  assert.deepEqual(await readdir(folder), []);
});

test('a root key that others can read is refused with the command that fixes it', async (t) => {
  const file = join(await folderOf(t), 'key');
  await writeFile(file, 'ab'.repeat(32));
  const config = readConfig({ SOTTO_ROOT_KEY_FILE: file });
  for (const mode of [0o640, 0o604, 0o660, 0o666, 0o601]) {
    await chmod(file, mode);
    await assert.rejects(openRootKey(config, true, seededRandom('a')), unreadable(/chmod 600 /), mode.toString(8));
  }
  await chmod(file, 0o400);
  await openRootKey(config, true, seededRandom('a'));
});

test('a root key file with anything but one key in it is refused and left alone', async (t) => {
  const file = join(await folderOf(t), 'key');
  const config = readConfig({ SOTTO_ROOT_KEY_FILE: file });
  const bad = [
    '',
    '\n',
    'ab'.repeat(31),
    'ab'.repeat(33),
    'zz'.repeat(32),
    `0x${'ab'.repeat(32)}`,
    ` ${'ab'.repeat(32)}`,
  ];
  for (const text of bad) {
    await writeFile(file, text, { mode: 0o600 });
    await assert.rejects(
      openRootKey(config, true, seededRandom('a')),
      unreadable(/64 hex digits/),
      JSON.stringify(text),
    );
    assert.equal(await readFile(file, 'latin1'), text);
  }
});

test('a path that is no file says so', async (t) => {
  const folder = await folderOf(t);
  await mkdir(join(folder, 'keys', 'root.key'), { recursive: true, mode: 0o700 });
  const config = readConfig({ SOTTO_DATA_DIR: folder });
  await assert.rejects(openRootKey(config, true, seededRandom('a')), unreadable(/is no file/));
});

test('a path that cannot be made says why', async (t) => {
  const file = join(await folderOf(t), 'file');
  await writeFile(file, '');
  const config = readConfig({ SOTTO_ROOT_KEY_FILE: join(file, 'below', 'key') });
  await assert.rejects(openRootKey(config, true, seededRandom('a')), unreadable(/cannot be used \(ENOTDIR\)/));
});

test('the environment comes before the file', async (t) => {
  const folder = await folderOf(t);
  const config = readConfig({ SOTTO_DATA_DIR: folder, SOTTO_ROOT_KEY: 'AB'.repeat(32) });
  const root = await openRootKey(config, true, seededRandom('a'));
  assert.deepEqual(root.seed, localRoot(Buffer.alloc(32, 0xab), seededRandom('a')).seed);
  assert.deepEqual(await readdir(folder), [], 'no file is made beside it');
});

test('a root key in the environment that is none is refused, however it came there', async () => {
  const config = { ...readConfig({}), rootKey: 'ab' };
  await assert.rejects(openRootKey(config, true, seededRandom('a')), unreadable(/64 hex digits/));
});
