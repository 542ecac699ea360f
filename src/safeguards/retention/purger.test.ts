import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql, type Db, type Id, type Keystore } from '#base';
import { ensureInstance } from '#safeguards/accounts';
import { readEntry } from '#safeguards/audit';
import { merkleRoot } from '#tlog';
import { differences, dumpRows } from '../../../test/dump-rows.ts';
import { day, openKeeping, windowsOf, type KeepingTest } from '../../../test/keeping.ts';
import { cleanUp, hygieneRuns, purge, purger, setKeeping } from './index.ts';
import type { SweepCtx } from './rule.ts';

const hour = day / 24;

/** What a purger works with here, and how many transactions it began in each organisation. */
function counting({ archive: { jobs } }: KeepingTest): SweepCtx & { readonly asked: Map<Id, number> } {
  const asked = new Map<Id, number>();
  const tenant: Db['tenant'] = (organisation, work) => {
    asked.set(organisation, (asked.get(organisation) ?? 0) + 1);
    return jobs.db.tenant(organisation, work);
  };
  return { ...jobs, db: { ...jobs.db, tenant }, deleteObjects: async () => {}, asked };
}

/** Runs until there is nothing to do; returns how many rows ended. */
async function settle(one: { run(): Promise<number> }): Promise<number> {
  let all = 0;
  for (let did = 1; did > 0; all += did) did = await one.run();
  return all;
}

test('the purger wakes when the next row is due, and asks nothing before', async (t) => {
  const keeping = await openKeeping(t);
  const { clock } = keeping.archive.ctx;
  const [mine] = keeping.businesses;
  const ctx = counting(keeping);
  const one = purger(ctx);
  await keeping.keep(mine, { recordings: 5, calls: 5, messages: 5, people: 5 });
  const left = await keeping.leave(mine);
  assert.equal(await settle(one), 0);
  clock.advance(day);
  const asked = () => ctx.asked.get(mine.organisation);
  const before = asked();
  for (let at = 0; at < 3; at++) {
    clock.advance(day);
    assert.equal(await one.run(), 0);
  }
  assert.equal(asked(), before, 'no look in four days of which it knew that nothing comes');
  clock.advance(left.at + 5 * day - clock.now() - 1);
  assert.equal(await one.run(), 0);
  clock.advance(1);
  assert.equal(await settle(one), 3, 'call, message and caller');
  assert.equal(await keeping.archive.ctx.keys.count([{ ...mine, kind: 'call', id: left.call }]), 0);
});

test('what is made after it looked is ended in time, too', async (t) => {
  const keeping = await openKeeping(t);
  const { clock } = keeping.archive.ctx;
  const [mine] = keeping.businesses;
  const one = purger(counting(keeping));
  await keeping.keep(mine, { recordings: 2, calls: 2, messages: 2, people: 2 });
  assert.equal(await settle(one), 0);
  clock.advance(hour);
  await keeping.leave(mine);
  clock.advance(2 * day);
  assert.equal(await settle(one), 3);
});

test('of a shorter time it hears, and ends at once what is past it', async (t) => {
  const keeping = await openKeeping(t);
  const { clock } = keeping.archive.ctx;
  const [mine, theirs] = keeping.businesses;
  const one = purger(counting(keeping));
  await keeping.leave(mine);
  await keeping.leave(theirs);
  assert.equal(await settle(one), 0);
  clock.advance(10 * day);
  assert.equal(await settle(one), 0);
  await keeping.keep(mine, { recordings: 7, calls: 7, messages: 7, people: 7 });
  one.news.news({ id: 'x', organisation: mine.organisation, objects: ['call:1'] });
  assert.equal(await settle(one), 0, 'a call that changed makes nothing due');
  one.news.news({ id: 'x', organisation: mine.organisation, objects: [`organisation:${mine.organisation}`] });
  assert.equal(await settle(one), 3);
  await keeping.keep(theirs, { recordings: 7, calls: 7, messages: 7, people: 7 });
  one.news.missed();
  assert.equal(await settle(one), 3, 'and when it may have missed something it looks at everybody');
});

test('one organisation whose work fails keeps no other waiting, and is looked at again', async (t) => {
  const keeping = await openKeeping(t);
  const { clock } = keeping.archive.ctx;
  const [mine, theirs] = keeping.businesses;
  await keeping.leave(mine);
  await keeping.leave(theirs);
  clock.advance(90 * day);
  const ctx = counting(keeping);
  const state = { isBroken: true };
  const keys: Keystore = {
    ...ctx.keys,
    destroyAll: (subjects) =>
      state.isBroken && subjects[0]?.organisation === mine.organisation
        ? Promise.reject(new Error('away'))
        : ctx.keys.destroyAll(subjects),
  };
  const noSchedule: Keystore['keepFor'] = (of, windows) =>
    state.isBroken && of === mine.organisation ? Promise.reject(new Error('away')) : ctx.keys.keepFor(of, windows);
  const one = purger({ ...ctx, keys: { ...keys, keepFor: noSchedule } });
  assert.equal(await settle(one), 3);
  state.isBroken = false;
  clock.advance(30_000);
  assert.equal(await settle(one), 3);
});

test('what ended together has one receipt for a thousand', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx, jobs } = keeping.archive;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const left = await keeping.leave(mine);
  // As many as make a second batch.
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.messages (organisation_id, id, call_id, channel, body, urgent, created_at)
      select organisation_id, gen_random_uuid(), call_id, channel, body, urgent, created_at + n * interval '1 millisecond'
      from app.messages, generate_series(1, 1002) n where id = ${left.message}`),
  );
  ctx.clock.advance(91 * day);
  const { ended, failed } = await purge({ ...jobs, deleteObjects: async () => {} }, organisation);
  assert.deepEqual([ended, failed], [{ calls: 1, messages: 1_003, people: 1 }, []]);
  const receipts = await ctx.db.tenant(organisation, async (tx) => {
    const rows = await tx.rows<{ id: Id }>(sql`
      select id from app.audit_entries
      where organisation_id = ${organisation} and action = 'content.ended' order by at, id`);
    return Promise.all(rows.map(({ id }) => readEntry(ctx, tx, organisation, id)));
  });
  const ofMessages = receipts.filter(({ object }) => object === 'rule:messages');
  const counts = ofMessages.map(({ details }) => (details as { count: number }).count);
  assert.deepEqual(
    counts.toSorted((one, other) => one - other),
    [3, 1_000],
  );
});

test('the root of a receipt is over the ids of what ended, in their order', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx, jobs } = keeping.archive;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const left = [await keeping.leave(mine), await keeping.leave(mine), await keeping.leave(mine)];
  ctx.clock.advance(90 * day);
  await purge({ ...jobs, deleteObjects: async () => {} }, organisation);
  const entries = await ctx.db.tenant(organisation, async (tx) => {
    const rows = await tx.rows<{ id: Id }>(sql`
      select id from app.audit_entries where organisation_id = ${organisation} and action = 'content.ended'`);
    return Promise.all(rows.map(({ id }) => readEntry(ctx, tx, organisation, id)));
  });
  const ofMessages = entries.find(({ object }) => object === 'rule:messages')!;
  const ids = left.map(({ message }) => message).toSorted();
  const root = merkleRoot(ids.map((id) => Buffer.from(id, 'utf8'))).toString('hex');
  assert.deepEqual(ofMessages.details, { rule: 'messages', by: 'age', count: 3, root });
});

test('what ends in one organisation changes no row of another', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx } = keeping.archive;
  const [mine, theirs] = keeping.businesses;
  await keeping.leave(mine, { isRecorded: true });
  await keeping.leave(theirs);
  await keeping.keep(theirs, { recordings: 3_650, calls: 3_650, messages: 3_650 });
  ctx.clock.advance(91 * day);
  const before = [await dumpRows(ctx.db, mine.organisation), await dumpRows(ctx.db, theirs.organisation)] as const;
  assert.equal(await keeping.sweep(), 4);
  assert.deepEqual(differences(before[1], await dumpRows(ctx.db, theirs.organisation)), []);
  const mineNow = differences(before[0], await dumpRows(ctx.db, mine.organisation));
  assert.ok(mineNow.some((line) => line.startsWith('gone messages/')) && mineNow.length > 5, mineNow.join('\n'));
});

test('the hourly run ends what the purger has left, and says what it found', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx, jobs } = keeping.archive;
  const [mine] = keeping.businesses;
  await openInstance(keeping);
  const left = await keeping.leave(mine);
  const run = () =>
    cleanUp({ ...jobs, deleteObjects: async () => {} }, [{ name: 'other', everyMs: 1, run: async () => 2 }]);
  ctx.clock.advance(90 * day + 59_000);
  assert.deepEqual((await run()).found, {}, 'the purger has a minute');
  ctx.clock.advance(1_000);
  const { found, swept, failed } = await run();
  assert.deepEqual([found, swept, failed], [{ calls: 1, messages: 1, people: 1 }, { other: 2 }, []]);
  assert.equal((await keeping.readable(left)).summary, undefined);
  const again = await run();
  assert.deepEqual(again.found, {});
  const kept = await hygieneRuns({ db: jobs.db }, 10);
  assert.equal(kept.filter((one) => one.found['calls'] === 1).length, 1);
  ctx.clock.advance(91 * day);
  await run();
  assert.equal((await hygieneRuns({ db: jobs.db }, 10)).length, 1, 'and forgets runs of three months ago');
});

test('after a change of the setting what passed its time at once is no find', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx, jobs } = keeping.archive;
  const [mine] = keeping.businesses;
  await openInstance(keeping);
  await keeping.leave(mine);
  ctx.clock.advance(30 * day);
  await keeping.keep(mine, { recordings: 7, calls: 7, messages: 7 });
  ctx.clock.advance(5 * 60_000);
  const { found } = await cleanUp({ ...jobs, deleteObjects: async () => {} }, []);
  assert.deepEqual(found, {});
  assert.equal(await keeping.sweep(), 0, 'but it ended');
});

/** The installation's own organisation, which the runs are written down for. */
function openInstance({ archive: { ctx } }: KeepingTest): Promise<unknown> {
  return ensureInstance(ctx);
}

test('the keystore hears of a longer time before the database has it, and of a shorter one from the next look', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx } = keeping.archive;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const told: (number | null | undefined)[] = [];
  const keys: Keystore = {
    ...ctx.keys,
    async keepFor(of, windows) {
      told.push(windows.call);
      await ctx.keys.keepFor(of, windows);
    },
  };
  const set = (days: number, fails = false) =>
    ctx.db.tenant(organisation, async (tx) => {
      const windows = windowsOf({ recordings: days, calls: days, messages: days });
      await setKeeping({ ...ctx, keys }, tx, { organisation, choice: { preset: 'custom', windows } });
      if (fails) throw new Error('the transaction is lost');
    });
  await set(365);
  await set(7);
  await set(3_650, true).catch(() => {});
  assert.deepEqual(told, [365 * day, 365 * day, 3_650 * day]);
  const one = purger({ ...counting(keeping), keys });
  await settle(one);
  assert.ok(told.slice(3).includes(7 * day), 'what is set in the end is what it is told');
});

test('who is seen again, and what is to come, is readable when their first day is long past its time', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx } = keeping.archive;
  const { clock, keys } = ctx;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const one = purger(counting(keeping));
  const all = { recordings: 7, calls: 7, messages: 7, people: 7, leads: 7, appointments: 7 };
  await keeping.keep(mine, all);
  const phone = '+34600111222';
  const left = await keeping.leave(mine, { phone, appointmentInDays: 20 });
  const alive = async () => [
    await keys.count([{ organisation, kind: 'person', id: left.contact }]),
    await keys.count([{ organisation, kind: 'appointment', id: left.appointment }]),
    await keys.count([{ organisation, kind: 'lead', id: left.lead }]),
  ];
  for (let at = 0; at < 4; at++) {
    await settle(one);
    clock.advance(5 * day);
    await keeping.see(mine, phone);
    await keys.reap(clock.now());
  }
  assert.deepEqual(await alive(), [1, 1, 0], 'twenty days later');
  clock.advance(10 * day);
  await keys.reap(clock.now());
  assert.deepEqual(await alive(), [0, 0, 0], 'though no row was swept in the end');
});

test('while somebody is being talked to a few rows end at a time, with pauses, and in the end all of them', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx, jobs } = keeping.archive;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const left = await keeping.leave(mine);
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.messages (organisation_id, id, call_id, channel, body, urgent, created_at)
      select organisation_id, gen_random_uuid(), call_id, channel, body, urgent, created_at
      from app.messages, generate_series(1, 249) n where id = ${left.message}`),
  );
  ctx.clock.advance(90 * day);
  const sizes: number[] = [];
  const keys: Keystore = {
    ...jobs.keys,
    destroyAll(subjects) {
      if (subjects[0]?.kind === 'message') sizes.push(subjects.length);
      return jobs.keys.destroyAll(subjects);
    },
  };
  const pauses: number[] = [];
  const clock = {
    now: ctx.clock.now,
    after(waitMs: number, work: () => void) {
      pauses.push(waitMs);
      queueMicrotask(work);
      return () => {};
    },
  };
  const { ended } = await purge(
    { ...jobs, keys, clock, deleteObjects: async () => {}, isBusy: async () => true },
    organisation,
  );
  assert.deepEqual([ended['messages'], sizes, pauses.length], [250, [100, 100, 50], 2]);
});
