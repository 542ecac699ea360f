import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, sql } from '#base';
import { callFinisher } from '#secretary/calls';
import { makeVisit } from './canary-visit-call.ts';
import { visitNumber } from './canary-visit-line.ts';
import { canaryVisitor, openVisits } from './canary-visitor.ts';
import { beginVisit, visited } from './canary-visits.ts';
import type { Reach } from './claim.ts';
import { makeBusiness } from '../../test/rows.ts';
import { asAdmin, minute, openVisited } from '../../test/visiting.ts';

test('a visit leaves all that a caller can leave, and nothing of it is left when its time is over', async (t) => {
  const { ground, visit, visits, look, pass, purge: end } = await openVisited(t);
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
  const { ground, visit, look, pass, purge: end } = await openVisited(t);
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

test('it rings once an hour, a little sooner each time, and never twice at once', async (t) => {
  const { ground, visitor, visits, pass } = await openVisited(t);
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

test('asking for a claim about visits rings first, asking for any other does not', async (t) => {
  const { ground, visits } = await openVisited(t);
  const { before } = openVisits({ ...ground.ctx, log: () => {} }, () => ground.means);
  const look = async () => (await visits()).length;
  assert.equal(await before(undefined, look), 0);
  assert.equal(await before(['content-ends-in-time'], look), 0);
  assert.equal(await before(['canary-is-forgotten'], look), 1);
});

test('while it runs it listens to what the process writes, and no longer', async (t) => {
  const { ground, visits } = await openVisited(t);
  const { ctx, means } = ground;
  const { start } = openVisits({ ...ctx, log: () => {} }, () => means);
  const outputs = [process.stdout.write, process.stderr.write];
  const running = start();
  assert.notDeepEqual([process.stdout.write, process.stderr.write], outputs);
  await running.stop();
  assert.deepEqual([process.stdout.write, process.stderr.write], outputs);
  assert.deepEqual(await visits(), []);
});

test('a visit that the process did not live to end is ended by the next, and what it left goes as well', async (t) => {
  const { ground, visitor, visits, pass, jobs, purge: end, look } = await openVisited(t);
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
  const { ground, visit, look, pass, purge: end } = await openVisited(t);
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
  const { ground, visit } = await openVisited(t);
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

test('a visit that was made under a clock that was ahead keeps none after it waiting', async (t) => {
  const { ground, visitor, visits, visit, pass } = await openVisited(t);
  const ahead = await visit();
  await asAdmin(ground, sql`update app.canary_visits set begun_at = begun_at + interval '300 days', ended_at = now()`);
  pass(2);
  assert.equal(await visitor.run(), 1);
  const [newest] = await visits();
  assert.equal(newest?.number, ahead.number + 1);
  assert.equal(await visitor.run(), 0, 'and the one after it waits its hour');
  pass(61);
  assert.equal(await visitor.run(), 1);
});
