import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import { isProblem, type ProblemCode } from '#base';
import { temporaryFolder } from '../../../test/keys.ts';
import type { KeyValues } from './connection.ts';
import { keyWriter } from './key-writer.ts';
import { schemaFrom } from './schema.ts';

const sixteen = (byte: number) => new Uint8Array(16).fill(byte);
const keyOf = (subject: number, id = subject, epoch = 1): KeyValues => [
  sixteen(id),
  sixteen(epoch),
  sixteen(9),
  'call',
  sixteen(subject),
  '',
  new Uint8Array(60),
];
const tells = (code: ProblemCode, fix: RegExp) => (error: unknown) => isProblem(error, code) && fix.test(error.message);

/** A keystore file with one epoch, and a writer on it. */
async function open(t: TestContext) {
  const file = join(await temporaryFolder(t), 'a.db');
  const db = new DatabaseSync(file);
  db.exec(`${schemaFrom(0)}
    insert into roots (id, state, sentinel) values (zeroblob(16), 'active', zeroblob(1));
    insert into organisation_keys values (zeroblob(16), x'${'09'.repeat(16)}', zeroblob(16), zeroblob(60));
    insert into epoch_keys values (x'${'01'.repeat(16)}', zeroblob(16), 'call', '2026-11-20', zeroblob(60));`);
  const writer = keyWriter(file);
  t.after(async () => {
    await writer.close();
    db.close();
  });
  const kept = () => db.prepare('select id from content_keys order by id').all().length;
  return { writer, kept };
}

test('a key is on the disk when its round has ended, and a subject that has one gets no second', async (t) => {
  const { writer, kept } = await open(t);
  assert.deepEqual(await writer.run({ add: [keyOf(1), keyOf(2), keyOf(1, 3)] }), [1, 1, 0]);
  assert.equal(kept(), 2);
  assert.deepEqual(await writer.run({ add: [keyOf(2, 4), keyOf(5)] }), [0, 1]);
  assert.equal(kept(), 3);
});

test('the event loop goes on while keys are written, and who waits for the round is let in after it', async (t) => {
  const { writer, kept } = await open(t);
  await writer.idle();
  const added = writer.run({ add: [keyOf(1)] });
  assert.equal(writer.isBusy(), true, 'asking is not writing');
  await writer.idle();
  assert.deepEqual([writer.isBusy(), kept(), await added], [false, 1, [1]]);
});

test('a round that fails adds nothing and says what to do, and the next one works', async (t) => {
  const { writer, kept } = await open(t);
  const gone = writer.run({ add: [keyOf(1), keyOf(2, 2, 7)] });
  await assert.rejects(gone, tells('keystore-unavailable', /erased meanwhile/));
  assert.deepEqual([writer.isBusy(), kept()], [false, 0]);
  assert.deepEqual(await writer.run({ add: [keyOf(1)] }), [1]);
});

test('a thread that cannot open the file says so, every time', async (t) => {
  const writer = keyWriter(join(await temporaryFolder(t), 'nowhere', 'a.db'));
  for (let round = 0; round < 2; round += 1) {
    await assert.rejects(writer.run({ add: [keyOf(1)] }), tells('keystore-unavailable', /cannot be opened/));
  }
  await writer.close();
});
