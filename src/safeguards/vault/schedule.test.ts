import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test, { type TestContext } from 'node:test';
import { isProblem, manualClock, type Id, type Keystore, type KeySubject, type SubjectKind } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const neighbour = '00000000-0000-7000-8000-0000000000c2';
const dayMs = 86_400_000;
const evening = Date.UTC(2026, 10, 20, 23, 50);
const endOfDay = Date.UTC(2026, 10, 21);

function of(number: number, kind: SubjectKind = 'call', whose: Id = organisation): KeySubject {
  return { organisation: whose, kind, id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` };
}

async function open(t: TestContext) {
  const clock = manualClock(evening);
  const folder = await temporaryFolder(t);
  const keys = await keystoreIn(t, folder, { clock });
  const file = join(folder, 'keys', 'keystore.db');
  const db = new DatabaseSync(file);
  t.after(() => db.close());
  const bytes = async () => Buffer.concat([await readFile(file), await readFile(`${file}-journal`)]);
  const wrapped = () =>
    ['epoch_keys', 'content_keys', 'index_keys', 'organisation_keys'].flatMap((table) =>
      db
        .prepare(`select wrapped from ${table}`)
        .all()
        .map((row) => Buffer.from(row['wrapped'] as Uint8Array)),
    );
  return { folder, keys, clock, db, bytes, wrapped };
}

async function opens(keys: Keystore, id: Buffer, whose: Id = organisation): Promise<boolean> {
  return (await keys.openKey(whose, id)) !== undefined;
}

test('an epoch dies a day after its window, and not a moment sooner', async (t) => {
  const { keys } = await open(t);
  const call = await keys.contentKey(of(1));
  await keys.keepFor(organisation, { call: 90 * dayMs });
  const due = endOfDay + 90 * dayMs + dayMs;
  assert.deepEqual(await keys.reap(due - 1), []);
  assert.equal(await opens(keys, call.id), true);
  assert.deepEqual(await keys.reap(due), [{ organisation, kind: 'call', day: '2026-11-20' }]);
  assert.equal(await opens(keys, call.id), false);
  assert.deepEqual(await keys.reap(due), []);
});

test('a window of minutes leaves a day of grace: a call that goes on after midnight is never cut', async (t) => {
  const { keys, clock } = await open(t);
  await keys.keepFor(organisation, { call: 15 * 60_000 });
  const call = await keys.contentKey(of(1));
  clock.advance(20 * 60 * 60_000);
  await keys.reap(clock.now());
  assert.deepEqual(await keys.contentKey(of(1)), call);
});

test('only what has a window dies by it: other kinds and other organisations go on', async (t) => {
  const { keys } = await open(t);
  await keys.keepFor(organisation, { call: dayMs, lead: null });
  await keys.keepFor(organisation, { message: 2 * dayMs });
  const [call, lead, message, theirs] = [
    await keys.contentKey(of(1)),
    await keys.contentKey(of(2, 'lead')),
    await keys.contentKey(of(3, 'message')),
    await keys.contentKey(of(1, 'call', neighbour)),
  ];
  const index = await keys.indexKey(organisation, 'phone');
  const died = await keys.reap(endOfDay + 2 * dayMs);
  assert.deepEqual(
    died.map(({ kind }) => kind),
    ['call'],
  );
  assert.deepEqual(await Promise.all([call, lead, message].map(({ id }) => opens(keys, id))), [false, true, true]);
  assert.equal(await opens(keys, theirs.id, neighbour), true);
  assert.deepEqual(await keys.indexKey(organisation, 'phone'), index);
  assert.deepEqual((await keys.reap(endOfDay + 100 * dayMs)).length, 1, 'a lead has no end');
});

test('the schedule is in the file: the next start destroys what was due while nothing ran', async (t) => {
  const { keys, folder } = await open(t);
  await keys.keepFor(organisation, { call: dayMs });
  const call = await keys.contentKey(of(1));
  await keys.close();
  // Off for longer, the clock is doubted for a while first: `known-time.test.ts`.
  await (await keystoreIn(t, folder, { clock: manualClock(evening + dayMs) })).close();
  const before = await keystoreIn(t, folder, { clock: manualClock(evening + 2 * dayMs) });
  assert.equal(await opens(before, call.id), true);
  await before.close();
  const later = await keystoreIn(t, folder, { clock: manualClock(endOfDay + 2 * dayMs) });
  assert.equal(await opens(later, call.id), false);
});

test('a held key outlives its epoch, exactly it, and dies on schedule once it is released', async (t) => {
  const { keys } = await open(t);
  await keys.keepFor(organisation, { call: dayMs });
  const [kept, other] = [await keys.contentKey(of(1)), await keys.contentKey(of(2))];
  assert.equal(await keys.hold([of(1)]), 1);
  assert.equal(await keys.hold([of(1), of(9)]), 1, 'holding again changes nothing, and what is not there is not held');
  assert.equal((await keys.reap(endOfDay + 300 * dayMs)).length, 1);
  assert.deepEqual([await opens(keys, kept.id), await opens(keys, other.id)], [true, false]);
  assert.deepEqual(await keys.contentKey(of(1)), kept, 'it is the same key, so its content opens');
  assert.equal(await keys.release([{ subject: of(1), day: '2026-11-20' }]), 1);
  assert.equal(await keys.release([{ subject: of(1), day: '2026-11-20' }]), 0);
  assert.deepEqual(await keys.openKey(organisation, kept.id), kept);
  assert.equal((await keys.reap(endOfDay + 300 * dayMs)).length, 1);
  assert.equal(await opens(keys, kept.id), false);
});

test('what would have died while it was held dies when it is released', async (t) => {
  const { keys, clock } = await open(t);
  await keys.keepFor(organisation, { call: dayMs });
  const key = await keys.contentKey(of(1));
  await keys.hold([of(1)]);
  clock.advance(100 * dayMs);
  await keys.release([{ subject: of(1), day: '2026-11-20' }]);
  assert.equal(await opens(keys, key.id), false);
});

test('an organisation that ends keeps the kinds it still needs until it ends whole', async (t) => {
  const { keys } = await open(t);
  const [call, credential] = [await keys.contentKey(of(1)), await keys.contentKey(of(2, 'credential'))];
  await keys.contentKey(of(3));
  await keys.hold([of(3)]);
  assert.equal(await keys.destroyOrganisation(organisation, ['credential']), 4);
  assert.deepEqual([await opens(keys, call.id), await opens(keys, credential.id)], [false, true]);
  assert.deepEqual(await keys.epochs(), [
    { organisation, kind: 'credential', days: 1, oldest: '2026-11-20', held: 0, diesAt: null },
  ]);
  assert.equal(await keys.destroyOrganisation(organisation), 3);
  assert.equal(await opens(keys, credential.id), false);
});

test('a held key is destroyed by name like any other', async (t) => {
  const { keys } = await open(t);
  const key = await keys.contentKey(of(1));
  await keys.hold([of(1)]);
  assert.equal(await keys.destroyAll([of(1)]), 1);
  assert.equal(await opens(keys, key.id), false);
});

test('who is seen again lives on: a renewed key moves to a later day, never to an earlier one or out of a hold', async (t) => {
  const { keys } = await open(t);
  await keys.keepFor(organisation, { person: 10 * dayMs });
  const made = await Promise.all([1, 2, 3].map((number) => keys.contentKey(of(number, 'person'))));
  await keys.hold([of(3, 'person')]);
  const renewed = [1, 3].map((number) => ({ subject: of(number, 'person'), day: '2026-11-29' }));
  assert.equal(await keys.renew(renewed), 1);
  assert.equal(await keys.renew([{ subject: of(1, 'person'), day: '2026-11-25' }]), 0);
  await keys.reap(endOfDay + 11 * dayMs);
  assert.deepEqual(await Promise.all(made.map(({ id }) => opens(keys, id))), [true, false, true]);
  await keys.reap(endOfDay + 20 * dayMs);
  assert.deepEqual(await Promise.all(made.map(({ id }) => opens(keys, id))), [false, false, true]);
});

test('many keys are destroyed in one write, and counted before and after', async (t) => {
  const { keys, bytes } = await open(t);
  const subjects = Array.from({ length: 1_000 }, (_, at) => of(at));
  await Promise.all(subjects.slice(0, 900).map((subject) => keys.contentKey(subject)));
  const writes = async () => (await bytes()).readUInt32BE(24);
  const before = await writes();
  assert.equal(await keys.count(subjects), 900);
  assert.equal(await keys.destroyAll(subjects), 900);
  assert.equal((await writes()) - before, 1);
  assert.equal(await keys.count(subjects), 0);
});

test('an organisation that is destroyed leaves no key, and a neighbour is untouched', async (t) => {
  const { keys, db } = await open(t);
  await keys.keepFor(organisation, { call: dayMs });
  const mine = await Promise.all([keys.contentKey(of(1)), keys.contentKey(of(2, 'lead'))]);
  await keys.indexKey(organisation, 'phone');
  await keys.hold([of(1)]);
  const theirs = await keys.contentKey(of(1, 'call', neighbour));
  // Two content keys, one index key, epochs of calls, leads and what is held, and the organisation's own.
  assert.equal(await keys.destroyOrganisation(organisation), 7);
  assert.equal(await keys.destroyOrganisation(organisation), 0);
  assert.deepEqual(await Promise.all(mine.map(({ id }) => opens(keys, id))), [false, false]);
  const refused = (error: unknown) => isProblem(error, 'content-erased');
  await assert.rejects(keys.indexKey(organisation, 'phone'), refused, 'who is late makes no keys anew');
  await assert.rejects(keys.contentKey(of(1)), refused);
  assert.equal(await keys.hold([of(1)]), 0);
  assert.equal(await opens(keys, theirs.id, neighbour), true);
  assert.equal(db.prepare('select count(*) as n from windows').get()!['n'], 0);
  assert.equal(db.prepare('select count(*) as n from content_keys').get()!['n'], 1);
});

test('after epochs and organisations died no byte of their wrapped keys is in the file or its journal', async (t) => {
  const { keys, bytes, wrapped, clock } = await open(t);
  for (let day = 0; day < 40; day += 1) {
    await Promise.all(Array.from({ length: 15 }, (_, at) => keys.contentKey(of(day * 100 + at))));
    await keys.contentKey(of(day, 'lead', neighbour));
    clock.advance(dayMs);
  }
  await keys.indexKey(neighbour, 'phone');
  await keys.keepFor(organisation, { call: 0 });
  const before = wrapped();
  const there = await bytes();
  assert.ok(before.length > 700 && before.every((one) => there.includes(one)), 'the search finds what is there');
  assert.equal((await keys.reap(endOfDay + 25 * dayMs)).length, 25);
  await keys.destroyOrganisation(neighbour);
  const kept = wrapped();
  const after = await bytes();
  const gone = before.filter((one) => !kept.some((other) => other.equals(one)));
  assert.equal(gone.length, 25 * 16 + 40 * 2 + 2);
  for (const one of gone) {
    assert.equal(after.includes(one), false);
    assert.equal(after.includes(one.subarray(12, 28)), false, 'nor a part of one');
  }
  assert.ok(kept.every((one) => after.includes(one)));
});

test('what is left of an epoch that died makes room for a new key of the same subject', async (t) => {
  const { keys, db, clock } = await open(t);
  const old = await keys.contentKey(of(1, 'person'));
  // As a process leaves it that was killed between the death of the epoch and the removal of its rows.
  db.exec("update epoch_keys set wrapped = x''");
  assert.equal(await opens(keys, old.id), false);
  assert.equal(await keys.count([of(1, 'person')]), 0);
  clock.advance(dayMs);
  const young = await keys.contentKey(of(1, 'person'));
  assert.notDeepEqual(young, old);
  await keys.reap(clock.now());
  assert.deepEqual(await keys.openKey(organisation, young.id), young);
  assert.equal(db.prepare('select count(*) as n from epoch_keys').get()!['n'], 1);
});

test('what is there is told without any secret, and when the oldest dies', async (t) => {
  const { keys, clock } = await open(t);
  await keys.contentKey(of(1));
  clock.advance(dayMs);
  await keys.contentKey(of(2));
  await keys.contentKey(of(3, 'lead'));
  await keys.hold([of(3, 'lead')]);
  await keys.keepFor(organisation, { call: dayMs });
  assert.deepEqual(await keys.epochs(), [
    { organisation, kind: 'call', days: 2, oldest: '2026-11-20', held: 0, diesAt: endOfDay + 2 * dayMs },
    { organisation, kind: 'lead', days: 1, oldest: '2026-11-21', held: 1, diesAt: null },
  ]);
});
