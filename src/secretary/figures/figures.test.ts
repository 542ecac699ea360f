import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { newId, openDb, sql, startReconcilers, type ClockDoubt, type Id } from '#base';
import { ensureInstance } from '#safeguards/accounts';
import { testDerive } from '../../../test/cluster.ts';
import { openOffice } from '../../../test/office.ts';
import { makeBusiness, makeCall, type Business } from '../../../test/rows.ts';
import { isTellable, rounded, type Part } from './grouping.ts';
import { figurePublisher, figureSetting, liveFeed, publicWeeks, setFigures } from './index.ts';
import { mondayOf } from './publish.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const week = 7 * day;

/** An installation with businesses whose calls came when they are told to. */
async function place(t: TestContext) {
  const office = await openOffice();
  const jobs = openDb({ connection: office.connection('jobs'), role: 'jobs', tenantKey: testDerive('tenant-token') });
  t.after(async () => {
    await jobs.close();
    await office.close();
  });
  await ensureInstance(office.ctx);
  const { ctx, db } = office;
  const publisher = figurePublisher({ ...ctx, db: jobs });
  const ring = async (of: Business, at: number, count: number) => {
    for (let one = 0; one < count; one += 1) {
      const id = await makeCall(db, of);
      await db.tenant(of.organisation, (tx) =>
        tx.run(sql`
          update app.calls set started_at = ${new Date(at)}, disclosed_at = ${new Date(at + 800)}
          where organisation_id = ${of.organisation} and id = ${id}`),
      );
    }
  };
  const others = async (count: number) => Promise.all(Array.from({ length: count }, () => makeBusiness(db)));
  const set = (organisation: Id, isPublic: boolean) =>
    db.tenant(organisation, (tx) => setFigures(ctx, tx, { organisation, isPublic, by: 'system' }));
  return { ...office, clock: ctx.clock, publisher, ring, others, set };
}

/** The office opens on Monday 5 January 2026, 08:00 UTC. */
const monday = Date.UTC(2026, 0, 5);

test('a week is told a day after it is over, once three businesses have twenty calls and none nearly all of them', async (t) => {
  const { ctx, clock, publisher, ring, others, business } = await place(t);
  const [second, third] = (await others(2)) as [Business, Business];
  await ring(business, monday + hour, 12);
  await ring(second, monday + 2 * hour, 9);
  await ring(third, monday + 3 * hour, 4);
  clock.advance(week);
  await publisher.run();
  assert.ok(
    (await publicWeeks(ctx)).every(({ calls }) => calls === null),
    'a day has not passed yet',
  );
  clock.advance(day);
  await publisher.run();
  const [newest] = await publicWeeks(ctx);
  assert.equal(newest?.week, '2026-01-05');
  assert.ok(newest.calls === 20 || newest.calls === 30, `${newest.calls}`);
  assert.deepEqual([newest.messages, newest.appointments, newest.answerMs], [null, null, 800]);
});

for (const [say, calls] of [
  ['two businesses', [40, 40]],
  ['nineteen calls', [7, 6, 6]],
  ['one that is nearly all', [97, 2, 1]],
] as const) {
  test(`of ${say} nothing is told`, async (t) => {
    const { ctx, clock, publisher, ring, others } = await place(t);
    const all = await others(calls.length);
    for (const [at, count] of calls.entries()) await ring(all[at]!, monday + 10 * hour, count);
    clock.advance(week + day);
    await publisher.run();
    assert.ok((await publicWeeks(ctx)).every((one) => one.calls === null && one.answerMs === null));
    assert.deepEqual(await liveFeed(ctx), []);
  });
}

test('two looks around one call are the same: before it is published, and after', async (t) => {
  const { ctx, clock, publisher, ring, others } = await place(t);
  const all = (await others(3)) as [Business, Business, Business];
  for (const one of all) await ring(one, monday + 9 * hour, 12);
  const look = async () => {
    await publisher.run();
    const feed = (await liveFeed(ctx)).map(({ token: _, ...rest }) => rest);
    return JSON.stringify([await publicWeeks(ctx), feed]);
  };
  clock.advance(4 * hour);
  const first = await look();
  assert.ok(first.includes('"call"'), 'the hour is told');
  // One in the hour that goes on, one in an hour that was told.
  await ring(all[0], clock.now(), 1);
  await ring(all[0], monday + 9 * hour, 1);
  assert.equal(await look(), first);
  clock.advance(week + day);
  const told = await look();
  await ring(all[0], monday + 9 * hour, 1);
  assert.equal(await look(), told);
});

test('the same happenings asked for twice have no token in common, and hold counts and nothing else', async (t) => {
  const { ctx, clock, publisher, ring, others } = await place(t);
  for (const one of await others(4)) await ring(one, monday + 9 * hour, 12);
  clock.advance(4 * hour);
  await publisher.run();
  const [one, two] = [await liveFeed(ctx), await liveFeed(ctx)];
  assert.ok(one.length > 0);
  const tokens = [...one, ...two].map(({ token }) => token);
  assert.equal(new Set(tokens).size, tokens.length);
  for (const { token, kind, hour: at, about } of one) {
    assert.match(token, /^[\w-]{22}$/);
    assert.equal(kind, 'call');
    assert.match(at, /T\d\d:00:00\.000Z$/);
    assert.equal(about % 10, 0);
  }
});

test('an hour is told an hour after it is over, and for a day', async (t) => {
  const { ctx, clock, publisher, ring, others } = await place(t);
  for (const one of await others(4)) await ring(one, monday + 9 * hour, 12);
  const count = async () => {
    await publisher.run();
    return (await liveFeed(ctx)).length;
  };
  clock.advance(3 * hour - 1);
  assert.equal(await count(), 0);
  clock.advance(1);
  assert.equal(await count(), 1);
  clock.advance(day);
  assert.equal(await count(), 0);
});

test('figures of one business are told when it wants it, from the next week on, and gone when it does not', async (t) => {
  const { ctx, clock, publisher, ring, set, db, business } = await place(t);
  const { organisation } = business;
  assert.deepEqual(await db.tenant(organisation, (tx) => figureSetting(tx, organisation)), {
    isPublic: false,
    since: null,
  });
  await ring(business, monday + 9 * hour, 30);
  await ring(business, monday + week, 25);
  await ring(business, monday + 2 * week, 19);
  await set(organisation, true);
  clock.advance(3 * week + day);
  await publisher.run();
  const weeks = async () => (await publicWeeks(ctx, organisation)).map((one) => [one.week, one.calls !== null]);
  assert.deepEqual(await weeks(), [
    ['2026-01-19', false],
    ['2026-01-12', true],
  ]);
  await set(organisation, false);
  assert.deepEqual(await weeks(), []);
});

test('public figures taken away from the sum never leave fewer than may be told', () => {
  const part = fc.record({
    organisation: fc.uuid(),
    count: fc.integer({ min: 0, max: 60 }),
    isPublic: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts: Part[]) => {
      if (!isTellable(parts)) return;
      const some = parts.filter(({ count }) => count > 0);
      const hidden = some.filter(({ isPublic }) => !isPublic);
      for (const group of hidden.length === 0 ? [some] : [some, hidden]) {
        const total = group.reduce((sum, { count }) => sum + count, 0);
        assert.ok(group.length >= 3 && total >= 20);
        assert.ok(group.every(({ count }) => count <= total * 0.8));
      }
    }),
  );
});

test('a figure is within ten of the truth, always the same, and its threshold follows from nothing public', async (t) => {
  const { ctx } = await place(t);
  const thresholds = new Set<number>();
  for (let figure = 0; figure < 200; figure += 1) {
    const name = newId(ctx);
    const told = Array.from({ length: 11 }, (_, more) => rounded(ctx, 50 + more, name));
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    for (const [more, one] of told.entries()) {
      assert.equal(one % 10, 0);
      assert.ok(Math.abs(one - 50 - more) < 10);
      assert.equal(rounded(ctx, 50 + more, name), one);
    }
    thresholds.add(told.indexOf(60));
  }
  assert.ok(thresholds.size >= 9, 'each figure has a threshold of its own');
});

test('a week begins on Monday', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }), (at) => {
      if (at < Date.UTC(1970, 0, 5)) return;
      const start = mondayOf(at);
      assert.equal(new Date(start).getUTCDay(), 1);
      assert.ok(start <= at && at < start + week);
      assert.equal(start % day, 0);
    }),
  );
});

test('under a clock that is not believed no week is told before it is over, which could never be put right', async (t) => {
  const { ctx, clock, publisher, ring, others, business } = await place(t);
  const [second, third] = (await others(2)) as [Business, Business];
  for (const one of [business, second, third]) await ring(one, monday + hour, 9);
  clock.advance(8 * day);
  const doubt: ClockDoubt = { expectedAt: monday + hour, aheadMs: 8 * day, until: undefined };
  await startReconcilers({ clock, keys: { time: { doubt: async () => doubt } }, log: () => {} }, [publisher]).stop();
  assert.deepEqual(await publicWeeks(ctx), []);
  await publisher.run();
  assert.equal((await publicWeeks(ctx))[0]?.week, '2026-01-05');
});
