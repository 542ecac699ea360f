import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { isProblem, manualClock, readConfig, systemRandom, type Id, type Keystore, type KeySubject } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';
import { noWayOut } from '../../../test/no-way-out.ts';
import { rotationRounds } from '../../../test/rotation-rounds.ts';
import { keysStatus, rotateOrganisationKey, rotateRootKey } from './rotate.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const neighbour = '00000000-0000-7000-8000-0000000000c2';
const now = Date.UTC(2026, 10, 20, 12);
const [oldHex, newHex] = ['1f'.repeat(32), '2e'.repeat(32)];

function sensesOf(folder: string, env: Readonly<Record<string, string>> = {}) {
  const config = readConfig({ SOTTO_DATA_DIR: folder, ...env });
  return { config, random: systemRandom, clock: manualClock(now), http: noWayOut };
}

function callOf(whose: Id): KeySubject {
  return { organisation: whose, kind: 'call', id: '00000000-0000-7000-8000-000000000001' };
}

/** Everything that two organisations and the installation have of a keystore. */
async function all(keys: Keystore) {
  return {
    keys: [await keys.contentKey(callOf(organisation)), await keys.contentKey(callOf(neighbour))],
    index: await keys.indexKey(organisation, 'phone'),
    derived: keys.derive('tenant-token'),
  };
}

/** Rows as they lie in the file, by table. */
function rowsOf(folder: string, table: string) {
  const db = new DatabaseSync(join(folder, 'keys', 'keystore.db'), { readOnly: true });
  const rows = db.prepare(`select * from ${table}`).all();
  db.close();
  return rows.map((row) => ({ ...row }));
}

const wrong = (fix: RegExp) => (error: unknown) => isProblem(error, 'root-key-wrong') && fix.test(error.message);

test('after the root is rotated everything opens, nothing derived has changed, and nothing below was touched', async (t) => {
  const folder = await temporaryFolder(t);
  const keys = await keystoreIn(t, folder);
  const before = await all(keys);
  await keys.close();
  const below = ['epoch_keys', 'content_keys', 'index_keys'].map((table) => rowsOf(folder, table));
  const wrapped = rowsOf(folder, 'organisation_keys');
  const old = await readFile(join(folder, 'keys', 'root.key'), 'latin1');
  const { organisations } = await rotateRootKey(sensesOf(folder));
  assert.equal(organisations, 2);
  const after = await keystoreIn(t, folder);
  assert.deepEqual(await all(after), before);
  assert.deepEqual(
    ['epoch_keys', 'content_keys', 'index_keys'].map((table) => rowsOf(folder, table)),
    below,
  );
  assert.notDeepEqual(rowsOf(folder, 'organisation_keys'), wrapped);
  assert.notEqual(await readFile(join(folder, 'keys', 'root.key'), 'latin1'), old);
  assert.deepEqual((await readdir(join(folder, 'keys'))).toSorted(), [
    'keystore.db',
    'keystore.db-journal',
    'root.key',
  ]);
});

test('the old root key is refused by name, and is not taken as a new one', async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, 'keys', 'root.key');
  await all(await keystoreIn(t, folder));
  const old = await readFile(file, 'latin1');
  const { from } = await rotateRootKey(sensesOf(folder));
  const young = await readFile(file, 'latin1');
  await writeFile(file, old);
  await assert.rejects(keystoreIn(t, folder), wrong(new RegExp(`${from}, which was replaced on 2026-11-20`)));
  await writeFile(file, young);
  await writeFile(`${file}.next-00`, old, { mode: 0o600 });
  await assert.rejects(rotateRootKey(sensesOf(folder)), wrong(/replaced once/));
});

test('a process that serves meanwhile goes on: with what was there, and with what it makes', async (t) => {
  const folder = await temporaryFolder(t);
  const serving = await keystoreIn(t, folder);
  const before = await all(serving);
  await rotateRootKey(sensesOf(folder));
  assert.deepEqual(await all(serving), before);
  const stranger = '00000000-0000-7000-8000-0000000000c3';
  const made = await serving.contentKey(callOf(stranger));
  await rotateRootKey(sensesOf(folder));
  assert.deepEqual(await all(serving), before);
  const anew = await keystoreIn(t, folder);
  assert.deepEqual(await anew.contentKey(callOf(stranger)), made);
  assert.deepEqual(await all(anew), before);
});

test('in the environment the new root key has to be there first, and both names may stay until the next start', async (t) => {
  const folder = await temporaryFolder(t);
  const both = { SOTTO_ROOT_KEY: oldHex, SOTTO_ROOT_KEY_NEXT: newHex };
  const before = await all(await keystoreIn(t, folder, { env: { SOTTO_ROOT_KEY: oldHex } }));
  const unreadable = (error: unknown) => isProblem(error, 'root-key-unreadable') && /_NEXT/.test(error.message);
  await assert.rejects(rotateRootKey(sensesOf(folder, { SOTTO_ROOT_KEY: oldHex })), unreadable);
  const same = { SOTTO_ROOT_KEY: oldHex, SOTTO_ROOT_KEY_NEXT: oldHex };
  await assert.rejects(rotateRootKey(sensesOf(folder, same)), (error) => isProblem(error, 'root-key-unreadable'));
  await rotateRootKey(sensesOf(folder, both));
  for (const env of [both, { SOTTO_ROOT_KEY: newHex }]) {
    assert.deepEqual(await all(await keystoreIn(t, folder, { env })), before);
  }
  await assert.rejects(keystoreIn(t, folder, { env: { SOTTO_ROOT_KEY: oldHex } }), wrong(/which was replaced/));
});

test('rotation moves a keystore to another provider, and the file that was left opens nothing', async (t) => {
  const folder = await temporaryFolder(t);
  const before = await all(await keystoreIn(t, folder));
  const env = { SOTTO_KEY_PROVIDER: 'environment', SOTTO_ROOT_KEY: newHex };
  await assert.rejects(keystoreIn(t, folder, { env }), wrong(/does not open/), 'a start does not move it');
  await rotateRootKey(sensesOf(folder, env));
  assert.deepEqual(await all(await keystoreIn(t, folder, { env })), before);
  await assert.rejects(keystoreIn(t, folder), wrong(/which was replaced/));
  assert.equal((await keysStatus(sensesOf(folder, env))).root.provider, 'environment');
});

test('a rotation that was broken off is told, and finished by the next start', async (t) => {
  const folder = await temporaryFolder(t);
  const before = await all(await keystoreIn(t, folder));
  const broken = sensesOf(folder);
  // The new root lies in its file; wrapping with it breaks off.
  let left = 40;
  const bytes = (count: number) => {
    if ((left -= 1) < 0) throw new Error('broken off');
    return systemRandom.bytes(count);
  };
  for (let allowed = 0; ; allowed += 1) {
    left = allowed;
    const ended = await rotateRootKey({ ...broken, random: { ...systemRandom, bytes } }).then(
      () => true,
      () => false,
    );
    if (ended) break;
    const next = await keystoreIn(t, folder);
    assert.deepEqual(await all(next), before, `broken off at random number ${allowed}`);
    await next.close();
    assert.equal((await keysStatus(sensesOf(folder))).staged, undefined);
  }
  assert.deepEqual(await all(await keystoreIn(t, folder)), before);
});

test("an organisation's key is rotated alone: its words open, its neighbour's row is what it was", async (t) => {
  const folder = await temporaryFolder(t);
  const serving = await keystoreIn(t, folder);
  const before = await all(serving);
  const [mine, theirs] = [organisation, neighbour].map((id) => Buffer.from(id.replaceAll('-', ''), 'hex'));
  const rowOf = (id: Buffer | undefined) =>
    rowsOf(folder, 'organisation_keys').find((row) => id?.equals(row['organisation'] as Uint8Array));
  const rows = [rowOf(mine), rowOf(theirs)];
  const content = rowsOf(folder, 'content_keys');
  assert.equal(await rotateOrganisationKey(sensesOf(folder), organisation), 2);
  assert.deepEqual(await all(serving), before);
  assert.notDeepEqual(rowOf(mine), rows[0]);
  assert.deepEqual(rowOf(theirs), rows[1]);
  assert.deepEqual(rowsOf(folder, 'content_keys'), content);
  assert.equal(await rotateOrganisationKey(sensesOf(folder), '00000000-0000-7000-8000-0000000000c9'), undefined);
});

test('kill -9 at random moments of a rotation: everything stays readable, and one root is active in the end', async () => {
  const report = await rotationRounds({ rounds: 5, seed: 'rotation' });
  assert.equal(report.killed + report.finished, 5);
});
