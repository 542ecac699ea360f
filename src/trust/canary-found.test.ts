import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, sql, type Sql } from '#base';
import { digitNames } from './byte-search-forms.ts';
import { visited } from './canary-visits.ts';
import leavesNoBytes from './claims/canary-leaves-no-bytes.ts';
import { prove } from './prove.ts';
import { makeBusiness } from '../../test/rows.ts';
import { asAdmin, openVisited, past } from '../../test/visiting.ts';

test('in whatever spelling something of it stands in a table, it is found and the column is named', async (t) => {
  const { ground, look, last } = await past(t);
  const { organisation } = await makeBusiness(ground.ctx.db);
  const { name, words, number, callback } = ground.means.canary.visits.marks.of(last);
  const word = words.split(' ')[1]!;
  const spellings = [
    `so ${name} said`,
    word.toUpperCase(),
    Buffer.from(`: ${word} :`).toString('base64'),
    Buffer.from(`(${name})`).toString('hex'),
    Buffer.from(name, 'utf16le').toString('hex'),
    `call ${number}`,
    number.replaceAll(/(\d{3})/g, '$1 - '),
    `(${callback.slice(2, 5)}) ${callback.slice(5, 8)}.${callback.slice(8)}`,
    Array.from(callback.slice(2), (digit) => digitNames[Number(digit)]!).join(' '),
  ];
  for (const spelling of spellings) {
    await asAdmin(ground, sql`update app.agents set name = ${spelling} where organisation_id = ${organisation}`);
    assert.equal((await look()).why, 'something that the canary said is there (app.agents.name)', spelling);
  }
  await asAdmin(ground, sql`update app.agents set name = 'An agent' where organisation_id = ${organisation}`);
  assert.equal((await look()).status, 'proven');
});

test('it is found in every kind of column and place, and the place is named', async (t) => {
  const { ground, look, last } = await past(t);
  const { ctx } = ground;
  const { organisation } = await makeBusiness(ctx.db);
  const { words } = ground.means.canary.visits.marks.of(last);
  const [bytes, id, now] = [Buffer.from(`> ${words} <`), newId(ctx), new Date(ctx.clock.now())];
  const facts = (value: string) =>
    sql`update app.agents set facts = ${JSON.stringify([{ about: 'x', answer: value }])}::jsonb where organisation_id = ${organisation}`;
  const plants: readonly (readonly [string, readonly Sql[], readonly Sql[]])[] = [
    ['app.agents.facts', [facts(words)], [facts('x')]],
    [
      'app.mails.content',
      [
        sql`insert into app.mails (organisation_id, id, kind, state, recipient, content, created_at, give_up_at)
          values (${organisation}, ${id}, 'x', 'waiting', ${ctx.random.bytes(60)}, ${bytes}, ${now}, ${now})`,
      ],
      [sql`delete from app.mails where id = ${id}`],
    ],
    [
      'app.repeats.answer',
      [
        sql`insert into app.repeats (organisation_id, name, body_hash, answer, began_at)
          values (${organisation}, ${ctx.random.bytes(32)}, ${ctx.random.bytes(32)}, ${bytes}, ${now})`,
      ],
      [sql`delete from app.repeats where organisation_id = ${organisation}`],
    ],
    [
      'elsewhere.notes.body',
      [
        sql`create schema elsewhere`,
        sql`create table elsewhere.notes as select 1 as id, ${words}::text as body`,
        sql`grant usage on schema elsewhere to sotto_prove`,
        sql`grant select on elsewhere.notes to sotto_prove`,
      ],
      [],
    ],
    [
      'statistics of elsewhere.notes.body',
      [
        sql`insert into elsewhere.notes select 2, body from elsewhere.notes`,
        sql`analyze elsewhere.notes`,
        sql`delete from elsewhere.notes`,
      ],
      [sql`drop schema elsewhere cascade`],
    ],
  ];
  for (const [place, plant, undo] of plants) {
    await asAdmin(ground, ...plant);
    assert.equal((await look()).why, `something that the canary said is there (${place})`);
    await asAdmin(ground, ...undo);
  }
  assert.equal((await look()).status, 'proven');
  const object = `recordings/${visited}/${id}/000000.seg`;
  await ground.objects.plant(object, bytes);
  assert.equal((await look()).why, 'something that the canary said is there (objects/recordings)');
  await ground.objects.delete(object);
  assert.equal((await look()).status, 'proven');
});

test('what was ever written to an output is found, on whatever node that was', async (t) => {
  const { ground, look, last, log, visitor } = await past(t);
  const { number } = ground.means.canary.visits.marks.of(last);
  log(`{"event":"call.ringing","from":"${number.slice(0, 9)}`);
  await visitor.run();
  assert.equal((await look()).status, 'proven');
  log(`${number.slice(9)}"}`);
  await visitor.run();
  assert.equal((await look()).why, 'something that the canary said is there (log)');
});

test('files are searched as long as it rings, and where they cannot all be seen nothing is proven', async (t) => {
  const { ground, visit, look } = await openVisited(t);
  assert.equal((await look(leavesNoBytes)).why, 'The canary has not rung in the last 24 hours.');
  const last = await visit();
  await ground.objects.plant('recordings/x/000000.seg', Buffer.from('sealed'));
  assert.equal((await look(leavesNoBytes)).status, 'proven');
  const unseen = 'The files of an external PostgreSQL cannot be seen from here.';
  const blind = { ...ground.means, files: { ...ground.means.files, unseen } };
  const verdict = await prove({ id: 'x', item: leavesNoBytes }, blind);
  assert.deepEqual([verdict.status, verdict.why], ['unknown', unseen]);
  const { name } = ground.means.canary.visits.marks.of(last);
  await ground.objects.plant('recordings/x/000001.seg', Buffer.from(`xx${name}`, 'utf16le'));
  const found = 'what the canary said is there as UTF-16 (objects/recordings)';
  assert.deepEqual(
    [(await look(leavesNoBytes)).why, (await prove({ id: 'x', item: leavesNoBytes }, blind)).why],
    [found, found],
  );
});
