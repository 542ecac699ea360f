import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, newId, outside, Personal, sql } from '#base';
import { openErasing } from '../../../test/erasing.ts';
import { makeCall } from '../../../test/rows.ts';
import { eraser, proceed } from './index.ts';

const phone = '+34600111222';
const other = '+34600111333';
const person = (number = phone) => ({ person: new Personal(number) });

test('a live call of the person is waited for, and then everything goes', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const left = await keeping.leave(mine);
  const live = await makeCall(ctx.db, mine);
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.calls set contact_id = ${left.contact} where organisation_id = ${organisation} and id = ${live}`),
  );
  const asked = await erasing.ask(mine, person());
  const waiting = await erasing.goOn(asked);
  assert.deepEqual([waiting?.state, waiting?.waitsFor], ['asked', 'live-call']);
  assert.equal((await keeping.readable(left)).message, 'message', 'nothing goes before everything can');
  assert.equal((await erasing.ask(mine, person())).erasure.id, asked.erasure.id, 'asked again it is the same');
  await keeping.archive.hangUp(live);
  const done = await erasing.goOn(asked);
  assert.deepEqual([done?.state, done?.waitsFor], ['erased', 'processors']);
  assert.equal((await erasing.text(asked)).stores.find(({ store }) => store === 'table app.calls')?.before, 2);
});

test('what is under a legal hold stays whole, the erasure says so, and goes on when the hold is over', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const [left, held] = [await keeping.leave(mine), await keeping.leave(mine)];
  const hold = newId(ctx);
  const now = ctx.clock.now();
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.holds (organisation_id, id, state, call_id, until, asked_at, asked_by, lapses_at)
      values (${organisation}, ${hold}, 'asked', ${held.call}, ${iso(now + 1_000)}, ${iso(now)}, ${hold}, ${iso(now + 1_000)})`),
  );
  const asked = await erasing.ask(mine, person());
  const waiting = await erasing.goOn(asked);
  assert.deepEqual([waiting?.state, waiting?.waitsFor], ['asked', 'hold']);
  for (const one of [left, held]) assert.equal((await keeping.readable(one)).message, 'message');
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.holds set state = 'withdrawn', over_at = ${iso(now)}, released_at = ${iso(now)}
      where organisation_id = ${organisation} and id = ${hold}`),
  );
  assert.equal((await erasing.goOn(asked))?.state, 'erased');
});

test('what was put off under a clock that was a year ahead goes on as soon as the clock is right', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  await keeping.leave(mine);
  const live = await makeCall(ctx.db, mine);
  const asked = await erasing.ask(mine, { call: live });
  ctx.clock.set(365 * 86_400_000);
  const jobs = { ...ctx, db: keeping.archive.jobs.db };
  await eraser(jobs).run();
  ctx.clock.set(0);
  await keeping.archive.hangUp(live);
  ctx.clock.advance(1_000);
  assert.equal(await eraser(jobs).run(), 1);
  assert.equal((await erasing.goOn(asked))?.state, 'erased');
});

test('an object store that is away is waited for, and what it holds cannot be opened meanwhile', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const left = await keeping.leave(mine, { isRecorded: true });
  const asked = await erasing.ask(mine, person());
  const away = { ...ctx, objects: { ...ctx.objects, list: () => Promise.reject(outside('objects', 'unreachable')) } };
  const waiting = await proceed(away, asked.erasure);
  assert.deepEqual([waiting?.state, waiting?.waitsFor], ['planned', 'object-store']);
  assert.ok(waiting?.unreadableAt);
  await assert.rejects(keeping.readable(left), { code: 'content-erased' });
  const done = await erasing.goOn(asked);
  assert.equal(done?.state, 'erased');
});

test('the reconciler finds what is due in every organisation, and one that fails keeps no other waiting', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine, theirs] = keeping.businesses;
  for (const business of [mine, theirs]) {
    await keeping.leave(business, { isRecorded: business === mine });
    await erasing.ask(business, person());
  }
  const jobs = { ...ctx, db: keeping.archive.jobs.db };
  const objects = { ...ctx.objects, list: () => Promise.reject(new Error('broken')) };
  assert.equal(await eraser({ ...jobs, objects }).run(), 1);
  ctx.clock.advance(20_000);
  assert.equal(await eraser(jobs).run(), 1);
  const rows = [...(await erasing.dump())].filter((row) =>
    /^(calls|contacts|messages|leads|appointments|recordings) /.test(row),
  );
  assert.deepEqual(rows, []);
});

test('broken off at any step, an erasure is finished by the next run, and the certificate counts everything once', async (t) => {
  const erasing = await openErasing(t);
  const { keeping } = erasing;
  const [mine] = keeping.businesses;
  const others = await keeping.leave(mine, { phone: other, isRecorded: true });
  const readable = await keeping.readable(others);
  for (let stopAt = 1, isWhole = false; !isWhole; stopAt += 1) {
    await keeping.leave(mine, { isRecorded: true });
    const asked = await erasing.ask(mine, person());
    await erasing.goOn(asked, stopAt).catch(() => undefined);
    isWhole = erasing.steps() < stopAt;
    const done = await erasing.goOn(asked);
    assert.equal(done?.state, 'erased', `broken off at step ${stopAt}`);
    const { stores, keys } = await erasing.text(asked);
    const counted = Object.fromEntries(stores.map(({ store, before, after }) => [store, [before, after]]));
    const expected = {
      'table app.calls': [1, 0],
      'table app.recordings': [1, 0],
      'table app.messages': [1, 0],
      'table app.contacts': [1, 0],
    };
    for (const [store, counts] of Object.entries(expected))
      assert.deepEqual(counted[store], counts, `${store} at ${stopAt}`);
    assert.ok(counted['object store']![0]! > 0, `objects at ${stopAt}`);
    assert.equal(keys.openBefore, keys.destroyed.length, `keys at ${stopAt}`);
    assert.deepEqual(await keeping.readable(others), readable);
  }
});
