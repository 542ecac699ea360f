import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { newId, openDb, sql, type Db, type Sql } from '#base';
import { purge } from '#safeguards/retention';
import { callFinisher } from '#secretary/calls';
import { makeVisit } from './canary-visit-call.ts';
import { openEar } from './canary-visit-ear.ts';
import { visitNumber } from './canary-visit-line.ts';
import { canaryVisitor, type Visitor } from './canary-visitor.ts';
import { digitNames } from './byte-search-forms.ts';
import { beginVisit, visited, visitsIn, type Visit } from './canary-visits.ts';
import forgotten from './claims/canary-is-forgotten.ts';
import leavesNoBytes from './claims/canary-leaves-no-bytes.ts';
import { prove } from './prove.ts';
import type { Claim, Reach, Verdict } from './claim.ts';
import { testDerive } from '../../test/cluster.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { makeBusiness } from '../../test/rows.ts';

const minute = 60_000;

type Ground = {
  readonly ground: ProvingGround;
  readonly jobs: Db;
  readonly visitor: Visitor;
  readonly log: (line: string) => void;
  visits(): Promise<readonly Visit[]>;
  /** A whole visit: rung, summed up and noted. */
  visit(): Promise<Visit>;
  pass(minutes: number): void;
  /** Ends what is past its time. */
  purge(): Promise<void>;
  look(claim?: Claim): Promise<Pick<Verdict, 'status' | 'why' | 'checked'>>;
};

async function open(t: TestContext): Promise<Ground> {
  const ground = await openProvingGround();
  t.after(() => ground.close());
  const { ctx, means } = ground;
  const jobs = openDb({
    connection: ground.database.connection('jobs'),
    role: 'jobs',
    tenantKey: testDerive('tenant-token'),
    poolSize: 2,
  });
  t.after(() => jobs.close());
  const ear = openEar(means.canary.visits.marks);
  const visitor = canaryVisitor(ctx, () => means, ear.heard);
  const finisher = callFinisher({ ...ground.calls, db: jobs });
  const visits = () => ctx.db.tenant(visited, visitsIn);
  const pass = (minutes: number) => ctx.clock.advance(minutes * minute);
  return {
    ground,
    jobs,
    visitor,
    log: (line) => ear.hear(Buffer.from(line)),
    visits,
    pass,
    async visit() {
      await visitor.visitNow();
      await finisher.run();
      pass(1);
      await visitor.run();
      return (await visits())[0]!;
    },
    async purge() {
      const { failed } = await purge({ ...ctx, db: jobs, deleteObjects: async () => {} }, visited);
      assert.deepEqual(failed, []);
    },
    async look(claim = forgotten) {
      const { status, why, checked, canFail } = await prove({ id: 'canary', item: claim }, means);
      assert.equal(canFail, true);
      return { status, why, checked };
    },
  };
}

/** As the superuser, past every policy. */
async function asAdmin(ground: ProvingGround, ...statements: readonly Sql[]): Promise<void> {
  const client = new pg.Client(ground.database.admin());
  await client.connect();
  try {
    for (const { text, values } of statements) await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

test('a visit leaves all that a caller can leave, and nothing of it is left when its time is over', async (t) => {
  const { ground, visit, visits, look, pass, purge: end } = await open(t);
  assert.deepEqual(await look(), {
    status: 'not-exercised',
    why: 'The canary has not rung yet; it does within the hour.',
    checked: 0,
  });
  const { how, made, dueAt } = await visit();
  assert.equal(how, 'whole');
  assert.deepEqual(made.map(({ kind }) => kind).toSorted(), ['appointment', 'call', 'lead', 'message', 'person']);
  assert.equal(await ground.means.canary.visits.keysLeft(made), made.length);
  assert.equal((await look()).why, 'The canary has rung, and the time of its call is not over yet.');
  pass((dueAt! - ground.ctx.clock.now()) / minute);
  await end();
  const { status, why, checked } = await look();
  assert.deepEqual([status, why], ['proven', 'Nothing broken was found.']);
  assert.ok(checked > 30, String(checked));
  assert.equal(await ground.means.canary.visits.keysLeft(made), 0);
  assert.equal((await visits()).length, 1);
});

test('what is not destroyed when its time is over is found: sealed content by its columns, and its keys', async (t) => {
  const { ground, visit, look, pass, purge: end } = await open(t);
  const { made, dueAt } = await visit();
  pass((dueAt! - ground.ctx.clock.now()) / minute);
  const { status, why } = await look();
  assert.equal(status, 'failing');
  assert.match(why, /past its time is there \(app\.appointments\.name\)/);
  await end();
  assert.equal((await look()).status, 'proven');
  const message = made.find(({ kind }) => kind === 'message')!;
  await ground.ctx.keys.contentKey({ organisation: visited, ...message });
  assert.equal((await look()).why, 'keys of a call that is past its time are there (keystore)');
});

/** A visit whose time is over, and that has ended as it should. */
async function past(t: TestContext): Promise<Ground & { readonly last: Visit }> {
  const opened = await open(t);
  const last = await opened.visit();
  opened.pass((last.dueAt! - opened.ground.ctx.clock.now()) / minute);
  await opened.purge();
  assert.equal((await opened.look()).status, 'proven');
  return { ...opened, last };
}

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

test('it rings once an hour, a little sooner each time, and never twice at once', async (t) => {
  const { ground, visitor, visits, pass } = await open(t);
  assert.equal(await visitor.run(), 0, 'whoever has just started is not rung');
  pass(1);
  const other = canaryVisitor(
    ground.ctx,
    () => ground.means,
    () => 0,
  );
  assert.deepEqual(
    (await Promise.all([visitor.run(), visitor.visitNow()])).map(Number).toSorted((a, b) => a - b),
    [0, 1],
  );
  assert.equal(await other.visitNow(), false);
  for (let at = 0; at < 12 * 60; at += 1) {
    pass(1);
    await visitor.run();
  }
  const begun = (await visits()).map(({ begunAt }) => begunAt);
  const waits = begun.slice(1).map((at, next) => (begun[next]! - at) / minute);
  assert.ok(waits.length >= 11 && waits.every((wait) => wait >= 48 && wait <= 61), waits.join());
  assert.ok(new Set(waits).size > 1, 'at different minutes');
  const marks = begun
    .map((_, at) => at)
    .map((at) => ground.means.canary.visits.marks.of({ id: newId(ground.ctx), number: at }));
  assert.equal(new Set(marks.map(({ number }) => number)).size, marks.length);
});

test('a visit that the process did not live to end is ended by the next, and what it left goes as well', async (t) => {
  const { ground, visitor, visits, pass, jobs, purge: end, look } = await open(t);
  const { ctx, means } = ground;
  const begun = (await beginVisit(ctx, 0))!;
  // From the first word on the process is not there any more.
  const dead = { ...means, knock: () => new Promise<never>(() => {}), self: onceOnly(means.self) };
  void makeVisit(dead, visitNumber, means.canary.visits.marks.of(begun));
  const live = () =>
    ctx.db.tenant(visited, (tx) =>
      tx.one<{ live: number }>(sql`
        select count(*) as live from app.calls where organisation_id = ${visited} and state = 'live'`),
    );
  while ((await live()).live === 0);
  assert.equal((await visits())[0]!.how, undefined);
  pass(11);
  await visitor.run();
  assert.equal((await live()).live, 0);
  assert.equal((await visits()).at(-1)!.how, 'broken-off');
  await callFinisher({ ...ground.calls, db: jobs }).run();
  pass(1);
  await visitor.run();
  const broken = (await visits()).at(-1)!;
  assert.deepEqual(
    broken.made.map(({ kind }) => kind),
    ['call', 'person'],
  );
  pass(60);
  assert.match((await look()).why, /past its time is there/);
  await end();
  const { status, why } = await look();
  assert.notEqual(status, 'failing', why);
});

function onceOnly(self: Reach['self']): Reach['self'] {
  let calls = 0;
  return (request) => {
    calls += 1;
    return calls === 1 ? self(request) : new Promise(() => {});
  };
}

test('a visit without an answer is short, and one that is only short proves nothing', async (t) => {
  const { ground, visit, look, pass, purge: end } = await open(t);
  await asAdmin(
    ground,
    sql`update app.purposes set agreed = false where organisation_id = ${visited} and purpose = 'leads'`,
  );
  const { how, made } = await visit();
  assert.equal(how, 'short');
  assert.ok(!made.some(({ kind }) => kind === 'lead'));
  pass(60);
  await end();
  const { status, why } = await look();
  assert.deepEqual([status, why], ['not-exercised', 'No call of the canary of the last 24 hours came to its end.']);
});

test('an organisation beside it sees nothing of a visit', async (t) => {
  const { ground, visit } = await open(t);
  const { organisation } = await makeBusiness(ground.ctx.db);
  const counted = () =>
    ground.ctx.db.tenant(organisation, (tx) =>
      tx.one<Record<string, number>>(sql`
        select (select count(*) from app.calls) as calls, (select count(*) from app.messages) as messages,
          (select count(*) from app.leads) as leads, (select count(*) from app.appointments) as appointments,
          (select count(*) from app.contacts) as contacts, (select count(*) from app.canary_visits) as visits`),
    );
  await visit();
  assert.deepEqual(new Set(Object.values(await counted())), new Set([0]));
});

test('files are searched as long as it rings, and where they cannot all be seen nothing is proven', async (t) => {
  const { ground, visit, look } = await open(t);
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
