import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { openDb, problem, seededRandom, sql, type Db, type LogEvent } from '#base';
import { rates } from '#edge';
import { cloneDatabase, testDerive, type TestDatabase } from '../../test/cluster.ts';
import { testKeystore } from '../../test/keys.ts';
import { limitSweeper, openAdmit } from './admit.ts';

let database: TestDatabase;
let app: Db;
let owner: Db;
before(async () => {
  database = await cloneDatabase();
  const open = (role: 'app' | 'jobs' | 'migrate') => ({
    connection: database.connection(role),
    role: role === 'migrate' ? ('structure' as const) : role,
    tenantKey: testDerive('tenant-token'),
  });
  app = openDb(open('app'));
  owner = openDb(open('migrate'));
});
after(async () => {
  await app.close();
  await owner.close();
  await database.drop();
});

const keys = testKeystore(seededRandom('admit'));
const admitter = () => openAdmit({ db: app, keys, log: () => {} });
/** Moves everything that was counted into the past. */
const age = (ms: number, width: number) =>
  owner.open((tx) =>
    tx.run(sql`
    update sec.limits set slot = slot - ${Math.floor(ms / width)}::bigint, over_at = over_at - make_interval(secs => ${ms / 1000})`),
  );

test('a thousand requests at once from four processes are let through exactly as often as the limit says', async () => {
  const child = fileURLToPath(import.meta.resolve('../../test/children/limit-asker.ts'));
  const children = Array.from({ length: 4 }, () => fork(child, { execArgv: [] }));
  await Promise.all(children.map((one) => once(one, 'message')));
  const answers = children.map((one) => once(one, 'message') as Promise<[{ admitted: number }]>);
  const ends = children.map((one) => once(one, 'exit'));
  for (const one of children) one.send({ connection: database.connection('app'), times: 250 });
  const admitted = (await Promise.all(answers)).map(([one]) => one.admitted);
  await Promise.all(ends);
  assert.equal(
    admitted.reduce((sum, one) => sum + one, 0),
    rates.public.count,
    admitted.join(' '),
  );
});

test('who was let through as often as allowed waits until the first of it is a window old, and no longer', async () => {
  const admit = admitter();
  const first = await admit('sign-up', '192.0.2.9');
  assert.deepEqual(first, { ok: true, left: 4 });
  await age(1_800_000, 60_000);
  for (const left of [3, 2, 1, 0]) assert.deepEqual(await admit('sign-up', '192.0.2.9'), { ok: true, left });
  const refused = await admit('sign-up', '192.0.2.9');
  assert.ok(
    !refused.ok && refused.retryAfterMs > 1_700_000 && refused.retryAfterMs <= 1_860_000,
    JSON.stringify(refused),
  );
  await age(1_800_000, 60_000);
  const stillWithin = await admit('sign-up', '192.0.2.9');
  assert.ok(!stillWithin.ok && stillWithin.retryAfterMs <= 60_000, 'the sixtieth in which it was counted is not over');
  await age(60_000, 60_000);
  assert.deepEqual(await admit('sign-up', '192.0.2.9'), { ok: true, left: 0 });
  assert.equal((await admit('sign-up', '192.0.2.9')).ok, false);
});

test('a clock that was set back gives no room back', async () => {
  const admit = admitter();
  for (let at = 0; at < 5; at += 1) await admit('sign-up', '192.0.2.10');
  await age(-7_200_000, 60_000);
  assert.equal((await admit('sign-up', '192.0.2.10')).ok, false);
});

test('one asker uses up nothing of another, one limit nothing of another, and a /64 is one asker', async () => {
  const admit = admitter();
  for (let at = 0; at < 5; at += 1) assert.ok((await admit('sign-up', `2001:db8::${at + 1}`)).ok);
  assert.equal((await admit('sign-up', '2001:db8::ffff')).ok, false);
  assert.ok((await admit('sign-up', '2001:db8:0:1::1')).ok);
  assert.ok((await admit('sign-in', '2001:db8::1')).ok);
});

test('nothing that is stored tells who asked, and what no longer counts is swept away', async () => {
  const admit = admitter();
  await admit('public', '198.51.100.7');
  const stored = await owner.open((tx) =>
    tx.rows<{ text: string }>(sql`select l::text || encode(l.name, 'escape') as text from sec.limits l`),
  );
  assert.ok(stored.length > 0);
  assert.doesNotMatch(JSON.stringify(stored), /198\.51\.100\.7/);
  const jobs = openDb({ connection: database.connection('jobs'), role: 'jobs', tenantKey: testDerive('tenant-token') });
  const sweeper = limitSweeper({ db: jobs });
  await sweeper.run();
  await age(7_300_000, 60_000);
  assert.ok((await sweeper.run()) >= 1);
  assert.equal(await sweeper.run(), 0);
  await jobs.close();
});

test('no role of the running product reads or writes the counts', async () => {
  for (const statement of [sql`select 1 from sec.limits`, sql`delete from sec.limits`])
    await assert.rejects(app.find(statement), { code: '42501' });
});

test('while the database is away callers are let through, and everybody else is told so', async () => {
  const logged: LogEvent[] = [];
  const away: Db = { ...app, find: () => Promise.reject(problem('database-unavailable', 'Away.')) };
  const admit = openAdmit({ db: away, keys, log: (event) => void logged.push(event) });
  for (const name of ['carrier', 'live-call', 'call-report', 'webhooks'] as const)
    assert.ok((await admit(name, 'x')).ok, name);
  assert.deepEqual(logged, Array(4).fill('limit.failed'));
  for (const name of ['public', 'sender', 'api', 'sign-up', 'sign-in'] as const)
    await assert.rejects(admit(name, 'x'), { code: 'database-unavailable' }, name);
});

test('every limit can be counted in sixtieths', () => {
  for (const { per, count, seconds } of Object.values(rates))
    assert.ok(per === 'nobody' || (count > 0 && seconds % 60 === 0));
});
