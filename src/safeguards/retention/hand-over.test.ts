import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, sql } from '#base';
import {
  choose,
  confirm,
  fail,
  forgotten,
  handedOver,
  minute,
  named,
  onlyMasked,
  stored,
  whole,
} from '../../../test/hand-over.ts';
import { day, openKeeping } from '../../../test/keeping.ts';
import { handOversOf, keepingOf, whatWouldGo } from './index.ts';

test('a hand-over that failed is written down and deletes nothing, and the same system may confirm later', async (t) => {
  const keeping = await openKeeping(t);
  const { clock } = keeping.archive.ctx;
  await choose(keeping, 'sync-and-purge');
  const left = await keeping.leave(keeping.businesses[0], named);
  await fail(keeping, left);
  const again = await fail(keeping, left, 'refused');
  assert.deepEqual([again.state, again.code, again.failures], ['failed', 'refused', 2]);
  clock.advance(day);
  await keeping.sweep();
  assert.deepEqual(await keeping.readable(left), whole);
  const confirmed = await confirm(keeping, left);
  assert.deepEqual([confirmed.state, confirmed.code, confirmed.reference?.reveal()], ['confirmed', null, 'R-1']);
  const late = await fail(keeping, left);
  assert.equal(late.state, 'confirmed', 'what was confirmed once stays confirmed');
  clock.advance(5 * minute);
  assert.deepEqual(await keeping.readable(left), forgotten);
});

test('confirmed twice it is so once: the first time, the first reference, one entry in the audit log', async (t) => {
  const { keeping, left, clock, at } = await handedOver(t);
  clock.advance(4 * minute);
  const again = await confirm(keeping, left, 'our-crm', 'R-2');
  assert.deepEqual([again.at, again.reference?.reveal()], [at, 'R-1']);
  clock.advance(minute);
  assert.deepEqual(await keeping.readable(left), forgotten);
  const { organisation } = left.business;
  const { ctx } = keeping.archive;
  const { count } = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ count: number }>(sql`
      select count(*) from app.audit_entries where organisation_id = ${organisation} and action = 'call.handed-over'`),
  );
  assert.equal(count, 1);
});

test('of two systems the first one that confirms counts, and both are remembered', async (t) => {
  const { keeping, left, clock } = await handedOver(t);
  clock.advance(3 * minute);
  await confirm(keeping, left, 'agency', 'A-9');
  clock.advance(2 * minute);
  assert.deepEqual(await keeping.readable(left), forgotten);
  await keeping.sweep();
  await confirm(keeping, left, 'archive', 'Z-1');
  const { ctx } = keeping.archive;
  const { organisation } = left.business;
  const all = await ctx.db.tenant(organisation, (tx) => handOversOf(ctx, tx, organisation, left.call));
  assert.deepEqual(
    all.map(({ system, reference }) => [system, reference?.reveal()]),
    [
      ['our-crm', 'R-1'],
      ['agency', 'A-9'],
      ['archive', 'Z-1'],
    ],
  );
  assert.deepEqual(await stored(keeping, left), [
    ...onlyMasked.slice(0, 3),
    ...Array(2).fill('hand_overs.reference'),
    ...onlyMasked.slice(3),
  ]);
});

test('a call that goes on or is not finished cannot be handed over, nor one of somebody else', async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  const [mine, theirs] = businesses;
  const left = await keeping.leave(theirs);
  const live = await archive.call(false);
  await assert.rejects(confirm(keeping, { ...left, business: mine, call: live }), (error) =>
    isProblem(error, 'call-not-finished'),
  );
  await archive.hangUp(live);
  await assert.rejects(fail(keeping, { ...left, business: mine, call: live }), (error) =>
    isProblem(error, 'call-not-finished'),
  );
  await assert.rejects(confirm(keeping, { ...left, business: mine }), (error) => isProblem(error, 'not-found'));
});

test('where the setting says nothing of hand-overs a confirmed one ends nothing sooner', async (t) => {
  const keeping = await openKeeping(t);
  await choose(keeping, 'standard');
  const left = await keeping.leave(keeping.businesses[0], named);
  await confirm(keeping, left);
  keeping.archive.ctx.clock.advance(80 * day);
  await keeping.sweep();
  assert.deepEqual(await keeping.readable(left), whole);
});

test('a preset chosen later applies to what was handed over before, and what has gone stays gone when it is left', async (t) => {
  const keeping = await openKeeping(t);
  const { clock } = keeping.archive.ctx;
  await choose(keeping, 'standard');
  const early = await keeping.leave(keeping.businesses[0], named);
  await confirm(keeping, early);
  clock.advance(day);
  const late = await keeping.leave(keeping.businesses[0], { ...named, phone: '+34600111333' });
  await confirm(keeping, late);
  clock.advance(minute);
  await choose(keeping, 'sync-and-purge');
  assert.deepEqual(await keeping.readable(early), forgotten);
  assert.equal((await keeping.readable(late)).from, '+34600111333');
  // Nothing was swept: rows and keys are all there still.
  await choose(keeping, 'standard');
  assert.deepEqual(await keeping.readable(early), forgotten);
  clock.advance(10 * minute);
  await keeping.sweep();
  assert.deepEqual(await stored(keeping, early), onlyMasked);
  assert.deepEqual(await keeping.readable(late), { ...whole, from: '+34600111333' });
});

test('before a setting is chosen it is told how much of what was handed over would go at once', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx } = keeping.archive;
  const [{ organisation }] = keeping.businesses;
  await choose(keeping, 'standard');
  const left = await keeping.leave(keeping.businesses[0], named);
  await keeping.leave(keeping.businesses[0], { ...named, phone: '+34600111333' });
  await confirm(keeping, left);
  ctx.clock.advance(10 * minute);
  const wouldGo = (afterHandOver: number | null) =>
    ctx.db.tenant(organisation, async (tx) => {
      const { windows } = await keepingOf(tx, organisation);
      const { oldestAt: _, ...counts } = await whatWouldGo(ctx, tx, organisation, { windows, afterHandOver });
      return counts;
    });
  const none = { calls: 0, recordings: 0, messages: 0, people: 0, leads: 0, appointments: 0 };
  const one = { calls: 1, recordings: 1, messages: 1, people: 1, leads: 1, appointments: 1 };
  assert.deepEqual(await wouldGo(null), none);
  assert.deepEqual(await wouldGo(11 * minute), none);
  assert.deepEqual(await wouldGo(5 * minute), one);
  await choose(keeping, 'sync-and-purge');
  assert.deepEqual(await wouldGo(5 * minute), none, 'it has gone already');
});
