import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { isId, isProblem, type KeySubject } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const subject: KeySubject = { organisation, kind: 'person', id: '0198f000-0000-7000-8000-000000000001' };
const keystoreOf = (folder: string) => join(folder, 'keys', 'keystore.db');
const plainUrl = { SOTTO_DATABASE_URL: 'postgres://sotto@db.example:5432/sotto' };

test('the first start makes a keystore that only its owner can read; the next finds everything', async (t) => {
  const folder = await temporaryFolder(t);
  const first = await keystoreIn(t, folder);
  assert.ok(isId(first.id));
  const key = await first.contentKey(subject);
  const index = await first.indexKey(organisation, 'phone');
  for (const name of await readdir(join(folder, 'keys'))) {
    assert.equal((await stat(join(folder, 'keys', name))).mode & 0o777, 0o600, name);
  }
  assert.deepEqual((await readdir(join(folder, 'keys'))).toSorted(), [
    'keystore.db',
    'keystore.db-journal',
    'root.key',
  ]);
  assert.equal((await stat(join(folder, 'keys'))).mode & 0o777, 0o700);
  assert.equal((await stat(`${keystoreOf(folder)}-journal`)).size, 0, 'the journal keeps nothing after a write');
  await first.close();
  const second = await keystoreIn(t, folder);
  assert.equal(second.id, first.id);
  assert.deepEqual(second.derive('x'), first.derive('x'));
  assert.deepEqual(await second.openKey(organisation, key.id), key);
  assert.deepEqual(await second.indexKey(organisation, 'phone'), index);
});

test('of many first starts at once one keystore comes out', async (t) => {
  const folder = await temporaryFolder(t);
  const opened = await Promise.all(Array.from({ length: 6 }, () => keystoreIn(t, folder)));
  assert.equal(new Set(opened.map(({ id }) => id)).size, 1);
  const keys = await Promise.all(opened.map((one) => one.contentKey(subject)));
  assert.equal(new Set(keys.map(({ id, secret }) => Buffer.concat([id, secret]).toString('hex'))).size, 1);
  const indexes = await Promise.all(opened.map((one) => one.indexKey(organisation, 'phone')));
  assert.equal(new Set(indexes.map((index) => index.toString('hex'))).size, 1);
});

test('a key that another process destroyed is gone here at once', async (t) => {
  const folder = await temporaryFolder(t);
  const [serve, command] = [await keystoreIn(t, folder), await keystoreIn(t, folder)];
  const key = await serve.contentKey(subject);
  assert.equal(await command.destroy(subject), 1);
  assert.equal(await serve.openKey(organisation, key.id), undefined);
  assert.notDeepEqual(await serve.contentKey(subject), key);
});

test('a wrong root key is refused and nothing is touched', async (t) => {
  const folder = await temporaryFolder(t);
  const keys = await keystoreIn(t, folder);
  const key = await keys.contentKey(subject);
  await keys.close();
  const before = await readFile(keystoreOf(folder));
  const wrong = (error: unknown) => isProblem(error, 'root-key-wrong') && /made with/.test(error.message);
  await assert.rejects(keystoreIn(t, folder, { env: { SOTTO_ROOT_KEY: 'ab'.repeat(32) } }), wrong);
  await writeFile(join(folder, 'keys', 'other.key'), 'cd'.repeat(32), { mode: 0o600 });
  await assert.rejects(
    keystoreIn(t, folder, { env: { SOTTO_ROOT_KEY_FILE: join(folder, 'keys', 'other.key') } }),
    wrong,
  );
  assert.deepEqual(await readFile(keystoreOf(folder)), before);
  assert.deepEqual(await (await keystoreIn(t, folder)).openKey(organisation, key.id), key);
});

test('a lost root key is not replaced while there is a keystore', async (t) => {
  const folder = await temporaryFolder(t);
  await (await keystoreIn(t, folder)).close();
  await rm(join(folder, 'keys', 'root.key'));
  await assert.rejects(keystoreIn(t, folder), (error) => isProblem(error, 'root-key-unreadable'));
  assert.deepEqual((await readdir(join(folder, 'keys'))).includes('root.key'), false);
});

test('a missing keystore is refused while an embedded database is there, and none is made', async (t) => {
  const missing = (error: unknown) =>
    isProblem(error, 'keystore-missing') && /Restore the keystore/.test(error.message);
  const folder = await temporaryFolder(t);
  await (await keystoreIn(t, folder)).close();
  await mkdir(join(folder, 'postgres'));
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '18\n');
  await (await keystoreIn(t, folder)).close();
  await rm(keystoreOf(folder));
  await assert.rejects(keystoreIn(t, folder), missing);
  await writeFile(keystoreOf(folder), '');
  await assert.rejects(keystoreIn(t, folder), missing, 'an empty file is no keystore');
  const bare = new DatabaseSync(keystoreOf(folder));
  bare.exec('create table a (b); drop table a');
  bare.close();
  await assert.rejects(keystoreIn(t, folder), missing, 'a database without tables is no keystore');
  await rm(join(folder, 'keys'), { recursive: true });
  await assert.rejects(keystoreIn(t, folder), missing, 'nor is one made when the whole folder is gone');
  assert.deepEqual(await readdir(folder), ['postgres']);
});

test('with an external database a keystore is made, under an id the database can compare', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'postgres'));
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '18\n');
  const keys = await keystoreIn(t, folder, { env: plainUrl });
  assert.ok(isId(keys.id));
});

test('a start that died before the keystore was whole is simply done again', async (t) => {
  const folder = await temporaryFolder(t);
  await (await keystoreIn(t, folder)).close();
  await writeFile(keystoreOf(folder), '');
  assert.ok(isId((await keystoreIn(t, folder)).id));
});

test('a file that is no keystore, or a newer one, is refused with the way out and left alone', async (t) => {
  const folder = await temporaryFolder(t);
  await (await keystoreIn(t, folder)).close();
  const unavailable = (fix: RegExp) => (error: unknown) =>
    isProblem(error, 'keystore-unavailable') && fix.test(error.message);
  const newer = new DatabaseSync(keystoreOf(folder));
  newer.exec('pragma user_version = 1000');
  newer.close();
  await assert.rejects(keystoreIn(t, folder), unavailable(/Start that version/));
  const junk = Buffer.alloc(8192, 'not a database ');
  await writeFile(keystoreOf(folder), junk);
  await assert.rejects(keystoreIn(t, folder), unavailable(/no keystore\. Restore/));
  assert.deepEqual(await readFile(keystoreOf(folder)), junk);
});

test('a folder where the keystore should be is told as such', async (t) => {
  const folder = await temporaryFolder(t);
  await (await keystoreIn(t, folder)).close();
  await rm(keystoreOf(folder));
  await mkdir(keystoreOf(folder));
  await chmod(keystoreOf(folder), 0o700);
  await assert.rejects(keystoreIn(t, folder), (error) => isProblem(error, 'keystore-unavailable'));
});

test('a data directory that is a file is told as such', async (t) => {
  const file = join(await temporaryFolder(t), 'data');
  await writeFile(file, '');
  const told = (error: unknown) => isProblem(error, 'keystore-unavailable') && /SOTTO_DATA_DIR/.test(error.message);
  await assert.rejects(keystoreIn(t, file), told);
});
