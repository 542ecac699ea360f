import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import { isProblem, manualClock, type Id, type KeySubject } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const neighbour = '00000000-0000-7000-8000-0000000000c2';
const dayMs = 86_400_000;
const noon = Date.UTC(2026, 10, 20, 12);

function callOf(number: number, of: Id = organisation): KeySubject {
  return { organisation: of, kind: 'call', id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` };
}

/** A keystore in a folder of its own, its file as bytes and as SQL. */
async function open(t: TestContext, clock = manualClock(noon)) {
  const folder = await temporaryFolder(t);
  const keys = await keystoreIn(t, folder, { clock });
  const file = join(folder, 'keys', 'keystore.db');
  const db = new DatabaseSync(file);
  t.after(() => db.close());
  const column = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => Object.values(row)[0]);
  const bytes = async () => Buffer.concat([await readFile(file), await readFile(`${file}-journal`)]);
  return { keys, db, column, bytes, clock };
}

test('a subject has one key, for ever and however often it is asked for at once', async (t) => {
  const { keys } = await open(t);
  const asked = await Promise.all([1, 1, 2, 1].map((number) => keys.contentKey(callOf(number))));
  const ids = asked.map(({ id, secret }) => `${id.toString('hex')} ${secret.toString('hex')}`);
  assert.deepEqual(
    ids.map((id) => ids.indexOf(id)),
    [0, 0, 2, 0],
  );
  assert.deepEqual(await keys.contentKey(callOf(1)), asked[0]);
  assert.deepEqual([asked[0]!.id.length, asked[0]!.secret.length], [16, 32]);
});

test('a hundred keys asked for in one turn cost one write', async (t) => {
  const { keys, bytes } = await open(t);
  await keys.contentKey(callOf(1));
  // Bytes 24 to 27 of an SQLite file count its write transactions (https://www.sqlite.org/fileformat.html §1.3.9).
  const writes = async () => (await bytes()).readUInt32BE(24);
  const before = await writes();
  await Promise.all(Array.from({ length: 100 }, (_, at) => keys.contentKey(callOf(at + 2))));
  assert.equal((await writes()) - before, 1);
  await Promise.all(Array.from({ length: 100 }, (_, at) => keys.contentKey(callOf(at + 2))));
  assert.equal((await writes()) - before, 1, 'finding them again writes nothing');
});

test('keys of a day hang below that day, and the audit log has a key a day', async (t) => {
  const { keys, column, clock } = await open(t);
  const audit = { organisation, kind: 'audit', id: organisation } as const;
  const [call, first] = [await keys.contentKey(callOf(1)), await keys.contentKey(audit)];
  assert.deepEqual(await keys.contentKey(audit), first);
  clock.advance(dayMs);
  const second = await keys.contentKey(audit);
  assert.notDeepEqual(second.id, first.id);
  assert.deepEqual(await keys.contentKey(callOf(1)), call, 'a call that goes on after midnight keeps its key');
  await keys.contentKey(callOf(2));
  const epochs = column("select kind || ' ' || day from epoch_keys order by 1");
  assert.deepEqual(epochs, ['audit 2026-11-20', 'audit 2026-11-21', 'call 2026-11-20', 'call 2026-11-21']);
  assert.equal(await keys.destroy(audit), 2);
  assert.equal(await keys.openKey(organisation, first.id), undefined);
});

test('a key opens by its id, for its own organisation only', async (t) => {
  const { keys } = await open(t);
  const [mine, theirs] = await Promise.all([keys.contentKey(callOf(1)), keys.contentKey(callOf(1, neighbour))]);
  assert.notDeepEqual(mine, theirs);
  assert.deepEqual(await keys.openKey(organisation, mine.id), mine);
  assert.equal(await keys.openKey(neighbour, mine.id), undefined);
  assert.equal(await keys.openKey(organisation, Buffer.alloc(16)), undefined);
  assert.equal(await keys.openKey(organisation, Buffer.alloc(0)), undefined);
});

test('an index key is one for each organisation and purpose, and stays', async (t) => {
  const { keys } = await open(t);
  const [first, again] = await Promise.all([
    keys.indexKey(organisation, 'phone'),
    keys.indexKey(organisation, 'phone'),
  ]);
  assert.deepEqual(first, again);
  assert.equal(first.length, 32);
  assert.notDeepEqual(await keys.indexKey(organisation, 'email'), first);
  assert.notDeepEqual(await keys.indexKey(neighbour, 'phone'), first);
});

test('after destruction no byte of a wrapped key is left in the file or its journal', async (t) => {
  const { keys, db, column, bytes } = await open(t);
  const made = await Promise.all(Array.from({ length: 600 }, (_, at) => keys.contentKey(callOf(at))));
  const select = db.prepare('select wrapped from content_keys where id = ?');
  const wrapped = made.map(({ id }) => Buffer.from(select.get(id)!['wrapped'] as Uint8Array));
  const before = await bytes();
  assert.ok(
    wrapped.every((one) => before.includes(one)),
    'the search finds what is there',
  );
  // Every second one: pages stay half full, which is where SQLite could leave copies behind.
  for (let at = 0; at < 600; at += 2) assert.equal(await keys.destroy(callOf(at)), 1);
  const after = await bytes();
  for (const [at, one] of wrapped.entries()) {
    const isKept = at % 2 === 1;
    assert.equal(after.includes(one), isKept, `key ${at}`);
    if (!isKept) assert.equal(after.includes(one.subarray(12, 28)), false, `part of key ${at}`);
    assert.deepEqual(await keys.openKey(organisation, made[at]!.id), isKept ? made[at] : undefined);
  }
  assert.deepEqual(column('select count(*) from content_keys'), [300]);
  assert.equal(await keys.destroy(callOf(0)), 0);
});

test('an epoch key that is destroyed takes every key of its day along, and leaves no byte of them', async (t) => {
  const { keys, db, column, bytes, clock } = await open(t);
  const old = await Promise.all([1, 2, 3].map((number) => keys.contentKey(callOf(number))));
  const wrapped = column('select wrapped from content_keys').map((value) => Buffer.from(value as Uint8Array));
  clock.advance(dayMs);
  const young = await keys.contentKey(callOf(4));
  db.exec(
    "pragma foreign_keys = on; pragma secure_delete = on; pragma journal_mode = truncate; delete from epoch_keys where day < '2026-11-21'",
  );
  for (const { id } of old) assert.equal(await keys.openKey(organisation, id), undefined);
  assert.deepEqual(await keys.openKey(organisation, young.id), young);
  const after = await bytes();
  assert.ok(wrapped.length === 3 && wrapped.every((one) => !after.includes(one)));
});

test('an organisation key that is destroyed takes everything of it along, and nothing of others', async (t) => {
  const { keys, db } = await open(t);
  const [mine, theirs] = await Promise.all([keys.contentKey(callOf(1)), keys.contentKey(callOf(1, neighbour))]);
  const index = await keys.indexKey(organisation, 'phone');
  db.prepare('delete from organisation_keys where organisation = ?').run(
    Buffer.from(organisation.replaceAll('-', ''), 'hex'),
  );
  assert.equal(await keys.openKey(organisation, mine.id), undefined);
  assert.deepEqual(await keys.openKey(neighbour, theirs.id), theirs);
  assert.notDeepEqual(await keys.indexKey(organisation, 'phone'), index);
});

test('a wrapped key that was changed or moved is not used', async (t) => {
  const { keys, db } = await open(t);
  const [one, two] = await Promise.all([keys.contentKey(callOf(1)), keys.contentKey(callOf(2))]);
  const isDamaged = (error: unknown) => isProblem(error, 'keystore-unavailable') && /Restore/.test(error.message);
  db.prepare('update content_keys set wrapped = (select wrapped from content_keys where id = ?) where id = ?').run(
    two.id,
    one.id,
  );
  await assert.rejects(keys.openKey(organisation, one.id), isDamaged);
  await assert.rejects(keys.contentKey(callOf(1)), isDamaged);
  assert.deepEqual(await keys.openKey(organisation, two.id), two);
  db.exec('update organisation_keys set wrapped = zeroblob(60)');
  await assert.rejects(keys.openKey(organisation, two.id), isDamaged);
});

test('no key lies in the file unwrapped', async (t) => {
  const { keys, bytes } = await open(t);
  const made = await Promise.all(Array.from({ length: 50 }, (_, at) => keys.contentKey(callOf(at))));
  const secrets = [...made.map(({ secret }) => secret), await keys.indexKey(organisation, 'phone'), keys.derive('x')];
  const file = await bytes();
  assert.ok(
    made.every(({ id }) => file.includes(id)),
    'the search finds what is there',
  );
  assert.ok(secrets.every((secret) => !file.includes(secret)));
});

test('keys belong to ids and to nothing else', async (t) => {
  const { keys } = await open(t);
  for (const bad of ['', '+15005550006', organisation.toUpperCase(), `${organisation}0`]) {
    await assert.rejects(keys.contentKey({ ...callOf(1), id: bad }), TypeError);
    await assert.rejects(keys.contentKey({ ...callOf(1), organisation: bad }), TypeError);
    await assert.rejects(keys.destroy({ ...callOf(1), id: bad }), TypeError);
    await assert.rejects(keys.openKey(bad, Buffer.alloc(16)), TypeError);
    await assert.rejects(keys.indexKey(bad, 'phone'), TypeError);
  }
});

test('closing waits for the keys that were asked for', async (t) => {
  const folder = await temporaryFolder(t);
  const keys = await keystoreIn(t, folder);
  const asked = keys.contentKey(callOf(1));
  await keys.close();
  const again = await keystoreIn(t, folder);
  assert.deepEqual(await again.contentKey(callOf(1)), await asked);
});
