import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { manualClock, openDb, sql, type Db } from '#base';
import type { Asker, Rendered, Repeatable } from '#edge';
import { cloneDatabase, testDerive } from '../../../test/cluster.ts';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness, type Business } from '../../../test/rows.ts';
import { openRepeats, repeatSweeper } from './repeats.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const hour = 3_600_000;
const answer: Rendered = { status: 201, headers: { 'x-a': 'b' }, body: Buffer.from('{"key":"secret words"}') };

function asker(actor: string): Asker {
  const who = { organisation: office.business.organisation, actor: `api-key:${actor}` as const, grants: {} };
  return { who, signedIn: undefined };
}

function request(given: Partial<Repeatable> = {}): Repeatable {
  const body = Buffer.from('{"a":1}');
  return { asker: asker('one'), route: 'POST /api/v1/keys', key: 'key-12345', target: '/api/v1/keys', body, ...given };
}

const repeats = () => openRepeats(office.ctx, office.business.organisation);

async function first(of: Repeatable) {
  const begun = await repeats().begin(of);
  assert.equal(begun.state, 'new');
  assert.ok(begun.state === 'new');
  return begun;
}

test('the first request acts, the same one while it runs waits, and after it gets the very bytes', async () => {
  const one = request({ key: 'first-1234' });
  const begun = await first(one);
  assert.deepEqual(await repeats().begin(one), { state: 'running' });
  await begun.keep(answer);
  assert.deepEqual(await repeats().begin(one), { state: 'answered', answer });
  const empty = request({ key: 'empty-1234' });
  await (await first(empty)).keep({ status: 204, headers: {}, body: undefined });
  assert.deepEqual(await repeats().begin(empty), {
    state: 'answered',
    answer: { status: 204, headers: {}, body: undefined },
  });
});

test('of many that come at once, one acts', async () => {
  const one = request({ key: 'at-once-12' });
  const states = (await Promise.all(Array.from({ length: 20 }, () => repeats().begin(one)))).map(({ state }) => state);
  assert.equal(states.filter((state) => state === 'new').length, 1, states.join(' '));
  assert.ok(states.every((state) => state === 'new' || state === 'running'));
});

test('another body or another target under the same key is told so; another asker or route has keys of its own', async () => {
  const one = request({ key: 'other-1234' });
  await (await first(one)).keep(answer);
  assert.deepEqual(await repeats().begin({ ...one, body: Buffer.from('{"a":2}') }), { state: 'other' });
  assert.deepEqual(await repeats().begin({ ...one, target: '/api/v1/keys?x=1' }), { state: 'other' });
  await first({ ...one, asker: asker('two') });
  await first({ ...one, route: 'POST /api/v1/people' });
});

test('what was refused is forgotten and may be put right under the same key', async () => {
  const one = request({ key: 'refused-12' });
  await (await first(one)).forget();
  await first({ ...one, body: Buffer.from('{"a":2}') });
});

test('an answer lives 24 hours, and a request that never ended as long', async () => {
  const kept = request({ key: 'day-123456' });
  const stuck = request({ key: 'stuck-1234' });
  await (await first(kept)).keep(answer);
  await first(stuck);
  office.ctx.clock.advance(24 * hour - 1);
  assert.equal((await repeats().begin(kept)).state, 'answered');
  assert.equal((await repeats().begin(stuck)).state, 'running');
  office.ctx.clock.advance(1);
  await first(kept);
  await first(stuck);
});

test('nothing of key, request and answer can be read in the table', async () => {
  const one = request({ key: 'words-of-the-client', body: Buffer.from('private words') });
  await (await first(one)).keep(answer);
  const rows = await office.db.tenant(office.business.organisation, (tx) =>
    tx.rows<{ text: string }>(sql`
      select encode(name, 'escape') || encode(body_hash, 'escape') || coalesce(encode(answer, 'escape'), '') as text
      from app.repeats where organisation_id = ${office.business.organisation}`),
  );
  assert.ok(rows.length > 0);
  assert.doesNotMatch(JSON.stringify(rows), /words|secret|private/);
});

test('old answers are swept away in every organisation, young ones stay', async (t) => {
  const database = await cloneDatabase();
  const open = (role: 'app' | 'jobs'): Db =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token') });
  const [db, jobs] = [open('app'), open('jobs')];
  t.after(async () => {
    await Promise.all([db.close(), jobs.close()]);
    await database.drop();
  });
  const clock = manualClock(Date.UTC(2026, 0, 5, 8));
  const ctx = { ...office.ctx, clock, db };
  const businesses = [await makeBusiness(db), await makeBusiness(db)];
  const begin = ({ organisation }: Business, key: string) =>
    openRepeats(ctx, organisation).begin(
      request({ key, asker: { who: { organisation, actor: 'api-key:x', grants: {} }, signedIn: undefined } }),
    );
  for (const one of businesses) await begin(one, 'old-123456');
  clock.advance(23 * hour);
  for (const one of businesses) await begin(one, 'young-1234');
  const sweeper = repeatSweeper({ ...ctx, db: jobs });
  assert.equal(await sweeper.run(), 0);
  clock.advance(hour + 1);
  assert.equal(await sweeper.run(), 2);
  assert.equal(await sweeper.run(), 0);
  for (const one of businesses) assert.equal((await begin(one, 'young-1234')).state, 'running');
});
