import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { isProblem, manualClock, readConfig, systemRandom, type KeySubject, type ProblemCode } from '#base';
import { temporaryFolder } from '../../../test/keys.ts';
import { noWayOut } from '../../../test/no-way-out.ts';
import { openKeystore } from './open-keystore.ts';
import { rotateRootKey } from './rotate.ts';

const library = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
].find(existsSync);
const isThere = (program: string) => spawnSync(program, ['--version']).error === undefined;
const skip =
  library !== undefined && isThere('softhsm2-util') && isThere('pkcs11-tool')
    ? false
    : 'not exercised: softhsm2 or opensc is not installed';

const subject: KeySubject = {
  organisation: '00000000-0000-7000-8000-0000000000c1',
  kind: 'call',
  id: '00000000-0000-7000-8000-000000000001',
};
const tells = (code: ProblemCode, fix: RegExp) => (error: unknown) => isProblem(error, code) && fix.test(error.message);

/** A token of its own with a key pair, as an operator sets one up. */
async function setUp(t: TestContext) {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'tokens'));
  const conf = join(folder, 'softhsm2.conf');
  await writeFile(conf, `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\n`);
  const before = process.env['SOFTHSM2_CONF'];
  process.env['SOFTHSM2_CONF'] = conf;
  t.after(() => {
    if (before === undefined) delete process.env['SOFTHSM2_CONF'];
    else process.env['SOFTHSM2_CONF'] = before;
  });
  const make = (program: string, words: string) => {
    const { status, stderr } = spawnSync(program, words.split(' '), { env: { ...process.env, PIN: '1234' } });
    assert.equal(status, 0, stderr.toString());
  };
  make('softhsm2-util', '--init-token --free --label sotto --so-pin 12345678 --pin 1234');
  make(
    'pkcs11-tool',
    `--module ${library} --token-label sotto --login --pin env:PIN --keypairgen --key-type rsa:2048 --label sotto --usage-decrypt`,
  );
  const env = {
    SOTTO_DATA_DIR: join(folder, 'data'),
    SOTTO_KEY_PROVIDER: 'pkcs11',
    SOTTO_PKCS11_MODULE: library ?? '',
    SOTTO_PKCS11_TOKEN: 'sotto',
    SOTTO_PKCS11_PIN: '1234',
  };
  const sensesWith = (more: Readonly<Record<string, string>> = {}) => ({
    config: readConfig({ ...env, ...more }),
    random: systemRandom,
    clock: manualClock(Date.UTC(2026, 10, 20, 12)),
    http: noWayOut,
  });
  const open = async (more?: Readonly<Record<string, string>>) => {
    const keys = await openKeystore(sensesWith(more));
    t.after(() => keys.close());
    return keys;
  };
  return { folder, sensesWith, open };
}

test('a token keeps what opens the root key, and the next start asks it again', { skip }, async (t) => {
  const { folder, open } = await setUp(t);
  const first = await open();
  const key = await first.contentKey(subject);
  const second = await open();
  assert.deepEqual(await second.contentKey(subject), key);
  assert.deepEqual(second.derive('x'), first.derive('x'));
  assert.deepEqual((await readdir(join(folder, 'data', 'keys'))).toSorted(), [
    'keystore.db',
    'keystore.db-journal',
    'root.p11',
  ]);
});

test('a token is rotated to another root key, and the old file opens nothing', { skip }, async (t) => {
  const { folder, open, sensesWith } = await setUp(t);
  const file = join(folder, 'data', 'keys', 'root.p11');
  const serving = await open();
  const key = await serving.contentKey(subject);
  const old = await readFile(file);
  await rotateRootKey(sensesWith());
  assert.deepEqual(await (await open()).contentKey(subject), key);
  assert.deepEqual(await serving.contentKey(subject), key);
  assert.notDeepEqual(await readFile(file), old);
  await writeFile(file, old);
  await assert.rejects(open(), tells('root-key-wrong', /was replaced/));
});

test('what a token refuses says what to mend', { skip }, async (t) => {
  const { folder, open } = await setUp(t);
  await open();
  const refused = (env: Readonly<Record<string, string>>, fix: RegExp) =>
    assert.rejects(open(env), tells('root-key-unreadable', fix));
  await refused({ SOTTO_PKCS11_PIN: '9999' }, /refuses SOTTO_PKCS11_PIN/);
  await refused({ SOTTO_PKCS11_TOKEN: 'other' }, /no token other/);
  await refused({ SOTTO_PKCS11_MODULE: '/nowhere.so' }, /cannot be loaded/);
  await refused({ SOTTO_DATA_DIR: join(folder, 'new'), SOTTO_PKCS11_KEY: 'other' }, /no RSA key pair other/);
  const pinFile = join(folder, 'pin');
  await writeFile(pinFile, '1234\n');
  await open({ SOTTO_PKCS11_PIN: '', SOTTO_PKCS11_PIN_FILE: pinFile });
  await writeFile(join(folder, 'data', 'keys', 'root.p11'), Buffer.alloc(256, 1).toString('base64'));
  await refused({}, /does not open the root key/);
});
