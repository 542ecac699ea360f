import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { isProblem, manualClock, systemRandom, type Id, type KeySubject } from '#base';
import { keystoreIn, temporaryFolder } from '../../../test/keys.ts';
import { keyReaper } from './key-reaper.ts';
import { doubtMs } from './known-time.ts';
import { seal, unseal, type Place } from './seal.ts';

const organisation = '00000000-0000-7000-8000-0000000000c1';
const dayMs = 86_400_000;
const place = (row: Id): Place => ({ table: 'calls', row, column: 'conversation' });

function callOf(number: number): KeySubject {
  return { organisation, kind: 'call', id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` };
}

/** Keys as they lie wrapped in a keystore, by the day of their epoch. */
function wrappedOf(folder: string, day: string): Buffer[] {
  const db = new DatabaseSync(join(folder, 'keys', 'keystore.db'), { readOnly: true });
  const rows = db
    .prepare(
      `select e.wrapped from epoch_keys e where e.day = ?1 union all
       select c.wrapped from content_keys c join epoch_keys e on e.id = c.epoch_key_id where e.day = ?1`,
    )
    .all(day);
  db.close();
  return rows.map((row) => Buffer.from(row['wrapped'] as Uint8Array));
}

test('where no row is ever swept, content past its time opens nowhere: not here, and not in a copy of everything', async (t) => {
  const clock = manualClock(Date.UTC(2026, 7, 1, 9));
  const folder = await temporaryFolder(t);
  const keys = await keystoreIn(t, folder, { clock });
  const ctx = { keys, random: systemRandom };
  await keys.keepFor(organisation, { call: 90 * dayMs });
  const rows = new Map<Id, Buffer>();
  const callNow = async (number: number) => {
    const subject = callOf(number);
    rows.set(subject.id, await seal(ctx, subject, place(subject.id), `what was said in call ${number}`));
    return subject.id;
  };
  const old = [await callNow(1), await callNow(2)];
  const wrapped = wrappedOf(folder, '2026-08-01');
  const held = await callNow(3);
  await keys.hold([callOf(3)]);
  clock.advance(91 * dayMs + 20 * 3_600_000);
  const young = await callNow(4);
  // Rows are never touched: this file stands for the database and for each of its backups.
  await writeFile(join(folder, 'rows.json'), JSON.stringify([...rows].map(([id, blob]) => [id, blob.toString('hex')])));
  assert.equal(await keyReaper({ keys, clock }).run(), 1);

  const copy = await temporaryFolder(t);
  await cp(folder, copy, { recursive: true });
  const copied = new Map(
    (JSON.parse(await readFile(join(copy, 'rows.json'), 'utf8')) as [Id, string][]).map(([id, blob]) => [
      id,
      Buffer.from(blob, 'hex'),
    ]),
  );
  assert.equal(wrapped.length, 3);
  for (const where of [folder, copy]) {
    const opened = await keystoreIn(t, where, { clock });
    for (const id of old) {
      const erased = unseal({ keys: opened }, organisation, place(id), copied.get(id)!);
      await assert.rejects(erased, (error) => isProblem(error, 'content-erased'));
    }
    for (const id of [young, held]) {
      assert.match(
        (await unseal({ keys: opened }, organisation, place(id), copied.get(id)!)).reveal(),
        /what was said/,
      );
    }
    const file = await readFile(join(where, 'keys', 'keystore.db'));
    assert.ok(wrapped.every((key) => !file.includes(key)));
    await opened.close();
  }
});

test('a copy of the keystore from before opens what has died since: so long its backups may live', async (t) => {
  const clock = manualClock(Date.UTC(2026, 7, 1, 9));
  const [folder, copy] = [await temporaryFolder(t), await temporaryFolder(t)];
  const keys = await keystoreIn(t, folder, { clock });
  await keys.keepFor(organisation, { call: 0 });
  const { id } = callOf(1);
  const sealed = await seal({ keys, random: systemRandom }, callOf(1), place(id), 'word');
  await cp(folder, copy, { recursive: true });
  const before = await keystoreIn(t, copy, { clock: manualClock(clock.now()) });
  clock.advance(3 * dayMs);
  await keys.reap(clock.now());
  await assert.rejects(unseal({ keys }, organisation, place(id), sealed), (error) =>
    isProblem(error, 'content-erased'),
  );
  assert.equal((await unseal({ keys: before }, organisation, place(id), sealed)).reveal(), 'word');
  // Once it is opened as a keystore on a later day, it follows its own schedule.
  const restored = await keystoreIn(t, copy, { clock });
  assert.ok(await restored.time.doubt(), 'days after the copy was made, the clock is doubted first');
  clock.advance(doubtMs);
  assert.equal(await restored.time.doubt(), undefined);
  await keyReaper({ keys: restored, clock }).run();
  const erased = unseal({ keys: restored }, organisation, place(id), sealed);
  await assert.rejects(erased, (error) => isProblem(error, 'content-erased'));
});
