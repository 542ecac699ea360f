import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { isProblem, sql, type ClockDoubt } from '#base';
import { ensureInstance, instanceId } from '#safeguards/accounts';
import { openOffice } from '../../../test/office.ts';
import { bucketOf, buckets, mostMs, noCounts, percentile } from './histogram.ts';
import { commit, measurer, openCollector, uptimeState, type Visit } from './index.ts';
import { sharesOf, stretches, upPercent, type Span } from './spans.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** An installation that answers from outside as it is told. */
async function place(t: TestContext) {
  const office = await openOffice();
  t.after(() => office.close());
  await ensureInstance(office.ctx);
  const is = { good: true, leaving: false };
  const collector = openCollector();
  const visits: readonly Visit[] = [{ what: 'visit', ask: async () => is.good }];
  const time: { doubt?: ClockDoubt } = {};
  const keys = { ...office.ctx.keys, time: { ...office.ctx.keys.time, doubt: async () => time.doubt } };
  const open = () => measurer({ ...office.ctx, keys }, { visits, collector, isLeaving: () => is.leaving });
  const { clock } = office.ctx;
  const run = async (process: ReturnType<typeof open>, minutes: number) => {
    for (let count = 0; count < minutes; count += 1) {
      clock.advance(minute);
      await process.run();
    }
  };
  const today = async () => (await uptimeState(office.ctx)).days.at(-1)!;
  return { ...office, clock, time, is, collector, open, run, today };
}

test('what is up all the time is one row, however long it is up', async (t) => {
  const { open, run, today, db } = await place(t);
  await run(open(), 30);
  assert.equal((await today()).upPercent, 100);
  const { count } = await db.tenant(instanceId, (tx) =>
    tx.one<{ count: number }>(
      sql`select count(*) as count from app.uptime_spans where organisation_id = ${instanceId}`,
    ),
  );
  assert.equal(count, 1);
});

test('a time in which the whole program did not run shows as downtime once it runs again', async (t) => {
  const { open, run, today, clock } = await place(t);
  await run(open(), 30);
  clock.advance(hour - minute);
  await run(open(), 11);
  const { shares } = await today();
  assert.deepEqual(shares, { up: 29 * minute + 10 * minute, down: 0, gap: hour, planned: 0 });
});

test('a stop that was asked for is marked as such, and counts as downtime', async (t) => {
  const { open, run, today, clock, is } = await place(t);
  const first = open();
  await run(first, 11);
  is.leaving = true;
  is.good = false;
  await run(first, 2);
  await first.leave();
  clock.advance(9 * minute);
  is.leaving = false;
  is.good = true;
  await run(open(), 11);
  const { shares, upPercent: percent } = await today();
  // From the last good look to the first one that found it leaving nobody knows better.
  assert.deepEqual(shares, { up: 20 * minute, down: minute, gap: 0, planned: 11 * minute });
  assert.equal(percent, 62.5);
});

test('a look that fails counts from the one before to the one after', async (t) => {
  const { open, run, today, is } = await place(t);
  const process = open();
  await run(process, 10);
  is.good = false;
  await run(process, 1);
  is.good = true;
  await run(process, 10);
  const { shares } = await today();
  assert.deepEqual(shares, { up: 18 * minute, down: 2 * minute, gap: 0, planned: 0 });
});

test('days before the installation was measured are told as not measured', async (t) => {
  const { open, run, ctx } = await place(t);
  assert.equal((await uptimeState(ctx)).since, null);
  await run(open(), 5);
  const { days } = await uptimeState(ctx);
  assert.equal(days.length, 90);
  assert.ok(days.slice(0, -1).every(({ shares, upPercent: percent }) => shares === null && percent === null));
});

test('what is promised is held against what was reached, and made no easier afterwards', async (t) => {
  const { open, run, ctx, clock, collector } = await place(t);
  const by = 'command:uptime';
  await commit(ctx, { what: 'uptime', target: 99.9, by });
  await commit(ctx, { what: 'api', target: 500, by });
  for (let count = 0; count < 95; count += 1) collector.add('api', 400, true);
  for (let count = 0; count < 5; count += 1) collector.add('api', 9_000, true);
  await run(open(), 30);
  const kept = async () => {
    const [month] = (await uptimeState(ctx)).months;
    return Object.fromEntries(month!.kept.map((one) => [one.what, [one.target, one.isKept]]));
  };
  assert.deepEqual(await kept(), {
    'uptime': [99.9, true],
    'api': [500, true],
    'webhook': [null, null],
    'first-answer': [null, null],
  });
  clock.advance(hour);
  await commit(ctx, { what: 'uptime', target: 50, by });
  await run(open(), 1);
  assert.deepEqual((await kept())['uptime'], [99.9, false], 'a lower promise holds from the next month on');
});

test('what nobody could promise is refused', async (t) => {
  const { ctx } = await place(t);
  for (const target of [0, -1, 101, Number.NaN])
    await assert.rejects(commit(ctx, { what: 'uptime', target, by: 'command:uptime' }), (error) =>
      isProblem(error, 'input-invalid'),
    );
});

test('what two processes count of a day is added up', async (t) => {
  const { ctx } = await place(t);
  const two = [openCollector(), openCollector()];
  for (const collector of two) {
    collector.answered({ path: '/api/v1/calls', status: 200, ms: 20 });
    collector.answered({ path: '/api/v1/calls', status: 500, ms: 20 });
    collector.answered({ path: '/carriers/:carrier/voice', status: 200, ms: 5 });
    collector.answered({ path: '/trust', status: 200, ms: 5 });
    await measurer(ctx, { visits: [], collector, isLeaving: () => false }).run();
  }
  const { responses } = await uptimeState(ctx);
  const told = responses.map(({ what, answers, failed }) => [what, answers, failed]);
  assert.deepEqual(told, [
    ['visit', 0, 0],
    ['webhook-visit', 0, 0],
    ['api', 2, 2],
    ['webhook', 2, 0],
    ['first-answer', 0, 0],
  ]);
});

test('measurements end after 400 days, if the clock is believed', async (t) => {
  const { open, run, ctx, clock, time, db } = await place(t);
  await run(open(), 3);
  const first = (await uptimeState(ctx)).since;
  clock.advance(401 * day);
  time.doubt = { expectedAt: clock.now() - 401 * day, aheadMs: 401 * day, until: undefined };
  const later = open();
  await later.run();
  assert.equal((await uptimeState(ctx)).since, first);
  delete time.doubt;
  await later.run();
  const { spans, days } = await db.tenant(instanceId, (tx) =>
    tx.one<{ spans: number; days: number }>(sql`
      select (select count(*) from app.uptime_spans where organisation_id = ${instanceId}) as spans,
        (select count(*) from app.response_days where organisation_id = ${instanceId}) as days`),
  );
  assert.deepEqual([spans, days], [1, 1]);
  assert.ok((await uptimeState(ctx)).since);
});

test('a percentile is never below the true one, and at most a quarter above', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(50, 95, 99),
      (times, share) => {
        const counts = noCounts();
        for (const ms of times) counts[bucketOf(ms)]! += 1;
        const sorted = times.toSorted((a, b) => a - b);
        const real = sorted[Math.ceil((times.length * share) / 100) - 1]!;
        const told = percentile(counts, share)!;
        assert.ok(told >= real && told <= real * 1.25 + 1, `${told} for ${real}`);
      },
    ),
  );
  assert.equal(bucketOf(Number.MAX_SAFE_INTEGER), buckets - 1);
  assert.equal(mostMs(0), 1);
  assert.equal(percentile(noCounts(), 50), undefined);
});

test('whatever was seen, every millisecond is one thing, and up only where somebody saw it and none saw it down', () => {
  const span = fc
    .record({
      from: fc.integer({ min: 0, max: 60 }),
      length: fc.integer({ min: 0, max: 30 }),
      state: fc.constantFrom('up', 'down'),
      isPlanned: fc.boolean(),
    })
    .map(({ length, ...one }): Span => ({ ...one, until: one.from + length }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const all = stretches(spans, 10, 70);
      assert.equal(all[0]?.from, 10);
      assert.equal(all.at(-1)?.until, 70);
      for (const [at, one] of all.entries()) if (at > 0) assert.equal(one.from, all[at - 1]!.until);
      for (const { how, from, until } of all) {
        for (let at = from; at < until; at += 1) {
          const over = spans.filter((one) => one.from <= at && one.until >= at + 1);
          const isUp = over.length > 0 && over.every(({ state }) => state === 'up');
          assert.equal(how === 'up', isUp, `at ${at} ${how}`);
        }
      }
      const shares = sharesOf(all);
      assert.equal(shares.up + shares.down + shares.gap + shares.planned, 60);
      assert.ok((upPercent(shares) ?? 0) <= 100);
    }),
  );
});
