import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import { isProblem, type KeySubject } from '#base';
import vector from '../../../test/vectors/keystore-1.json' with { type: 'json' };
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';
import { unseal } from './seal.ts';

const env = { SOTTO_ROOT_KEY: vector.rootKey };

/** The folder of an installation as version 1 of the keystore left it. */
async function olderFolder(t: TestContext): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'keys'), { mode: 0o700 });
  const file = join(folder, 'keys', 'keystore.db');
  const db = new DatabaseSync(file);
  db.exec(vector.sql.join('\n'));
  db.close();
  return { folder, file };
}

async function assertWhole(t: TestContext, folder: string): Promise<void> {
  const keys = await keystoreIn(t, folder, { env });
  assert.equal(keys.id, vector.id);
  assert.equal(keys.derive('tenant-token').toString('hex'), vector.derived);
  for (const { subject, id, secret } of vector.content) {
    const key = await keys.contentKey(subject as KeySubject);
    assert.deepEqual([key.id.toString('hex'), key.secret.toString('hex')], [id, secret]);
  }
  const { organisation } = vector.content[0]!.subject;
  assert.equal((await keys.indexKey(organisation, 'phone')).toString('hex'), vector.index);
  const opened = await unseal({ keys }, organisation, vector.place, Buffer.from(vector.sealed, 'hex'));
  assert.equal(opened.reveal(), vector.text);
  await keys.close();
}

function versionOf(file: string): unknown {
  const db = new DatabaseSync(file, { readOnly: true });
  const version = db.prepare('pragma user_version').get()!['user_version'];
  db.close();
  return version;
}

test('a keystore of version 1 opens with all it held and derives what it derived', async (t) => {
  const { folder, file } = await olderFolder(t);
  await assertWhole(t, folder);
  assert.equal(versionOf(file), 4, 'which version 1 refuses to open');
  await assertWhole(t, folder);
});

test('many starts at once bring an older keystore to the present form once', async (t) => {
  const { folder } = await olderFolder(t);
  await Promise.all(Array.from({ length: 5 }, () => assertWhole(t, folder)));
});

test('an older keystore is not touched by a root key that is not its own', async (t) => {
  const { folder, file } = await olderFolder(t);
  const before = await readFile(file);
  const wrong = (error: unknown) => isProblem(error, 'root-key-wrong');
  await assert.rejects(keystoreIn(t, folder, { env: { SOTTO_ROOT_KEY: 'ab'.repeat(32) } }), wrong);
  assert.deepEqual(await readFile(file), before);
  await assertWhole(t, folder);
});
