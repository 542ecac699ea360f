import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import { isProblem, type ProblemCode } from '#base';
import { temporaryFolder } from '../../../test/keys.ts';
import { guarded } from './failures.ts';

const tells = (code: ProblemCode, fix: RegExp) => (error: unknown) => isProblem(error, code) && fix.test(error.message);

async function fileOf(t: TestContext): Promise<string> {
  const file = join(await temporaryFolder(t), 'a.db');
  const db = new DatabaseSync(file);
  db.exec('create table a (b blob) strict');
  db.close();
  return file;
}

function openFor(t: TestContext, file: string, options: { readonly readOnly?: boolean } = {}): DatabaseSync {
  const db = new DatabaseSync(file, { ...options, timeout: 0 });
  t.after(() => db.close());
  return db;
}

test('a full disk says so, and what was written before stays', async (t) => {
  const db = openFor(t, await fileOf(t));
  db.exec('insert into a values (zeroblob(10)); pragma max_page_count = 3');
  const fill = () => db.exec('insert into a values (zeroblob(100000))');
  assert.throws(() => guarded(fill), tells('disk-full', /Free some/));
  assert.deepEqual({ ...db.prepare('select count(*) as rows from a').get() }, { rows: 1 });
});

test('a keystore that another process holds too long can be tried again', async (t) => {
  const file = await fileOf(t);
  const [holder, other] = [openFor(t, file), openFor(t, file)];
  holder.exec('begin immediate');
  assert.throws(() => guarded(() => other.exec('begin immediate')), tells('keystore-unavailable', /Try again/));
});

test('a keystore that may not be written, is missing or is damaged says what to do', async (t) => {
  const file = await fileOf(t);
  const readOnly = openFor(t, file, { readOnly: true });
  assert.throws(() => guarded(() => readOnly.exec('delete from a')), tells('keystore-unavailable', /right to write/));
  const absent = join(file, 'nowhere', 'a.db');
  assert.throws(() => guarded(() => new DatabaseSync(absent)), tells('keystore-unavailable', /cannot be opened/));
  await writeFile(file, Buffer.alloc(8192, 1));
  const damaged = openFor(t, file);
  assert.throws(() => guarded(() => damaged.exec('select * from a')), tells('keystore-unavailable', /Restore/));
});

test('an error of our own making is not dressed up', () => {
  const ours = new RangeError('ours');
  assert.throws(
    () =>
      guarded(() => {
        throw ours;
      }),
    (error) => error === ours,
  );
});
