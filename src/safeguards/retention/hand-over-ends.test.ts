import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, sql } from '#base';
import { unseal } from '#safeguards/vault';
import {
  askedElsewhere,
  askNumbers,
  choose,
  confirm,
  forgotten,
  handedOver,
  keysOf,
  masked,
  minute,
  named,
  noKeys,
  nothing,
  onlyMasked,
  shown,
  stored,
  whole,
} from '../../../test/hand-over.ts';
import { day, openKeeping } from '../../../test/keeping.ts';

test('what was handed over is read until the fifth minute is over and from then on nowhere, though no sweep ran', async (t) => {
  const { keeping, left, clock, at } = await handedOver(t);
  clock.advance(5 * minute - 1);
  assert.equal(clock.now(), at + 5 * minute - 1);
  assert.deepEqual(await keeping.readable(left), whole);
  clock.advance(1);
  assert.deepEqual(await keeping.readable(left), forgotten);
  const { numbers, names, contacts, outcome, startsAt } = await shown(keeping, left);
  assert.deepEqual(numbers, [masked, masked, masked]);
  assert.deepEqual(names, [undefined, undefined, undefined]);
  assert.deepEqual(contacts, [null, null, null]);
  assert.equal(outcome, 'message-taken', 'how it ended stays');
  assert.ok(startsAt !== undefined, 'and when somebody comes');
});

test('then nothing personal is stored but the last four digits and how the other system names it, and every key is gone', async (t) => {
  const { keeping, left, clock } = await handedOver(t);
  assert.equal(await keeping.sweep(), 0, 'not before');
  clock.advance(5 * minute);
  await keeping.sweep();
  assert.deepEqual(await keeping.readable(left), forgotten);
  assert.deepEqual(await stored(keeping, left), onlyMasked);
  assert.deepEqual(await keysOf(keeping, left), { ...noKeys, masked: 1 });
  assert.deepEqual((await keeping.archive.ctx.objects.list('recordings/')).names, []);
  assert.equal(await keeping.sweep(), 0, 'and a second look finds nothing to do');
  assert.deepEqual(await askedElsewhere(keeping, left), ['twilio call'], 'the carrier is to delete it too');
  const { numbers, names, startsAt } = await shown(keeping, left);
  assert.deepEqual(numbers, [masked, masked, masked]);
  assert.deepEqual(names, [undefined, undefined, undefined]);
  assert.ok(startsAt !== undefined);
});

test('after 30 days the digits are gone as well, whether a call was handed over or not', async (t) => {
  const { keeping, left, clock } = await handedOver(t);
  const other = await keeping.leave(keeping.businesses[0], { phone: '+34600111333', isNamed: true });
  clock.advance(5 * minute);
  await keeping.sweep();
  clock.advance(30 * day - 6 * minute);
  assert.equal((await keeping.readable(left)).from, masked);
  assert.equal((await keeping.readable(other)).from, '+34600111333');
  clock.advance(2 * minute);
  for (const one of [left, other]) {
    assert.deepEqual(
      { ...(await keeping.readable(one)), appointment: undefined },
      { ...nothing, from: undefined, recording: false },
    );
  }
  await keeping.sweep();
  clock.advance(11 * day);
  await keeping.sweep();
  for (const one of [left, other]) {
    assert.deepEqual(
      (await stored(keeping, one)).filter((where) => !where.startsWith('appointments.')),
      [],
    );
    const { masked: kept, appointment: _, ...keys } = await keysOf(keeping, one);
    assert.deepEqual({ kept, ...keys, appointment: 0 }, { kept: 0, ...noKeys });
  }
});

test('the whole number is refused to whoever asks for it, in words of its own', async (t) => {
  const { keeping, left, clock } = await handedOver(t);
  const ask = () => askNumbers(keeping, left);
  const before = await ask();
  assert.ok(before.every((one) => one.status === 'fulfilled' && one.value?.phone?.reveal().endsWith('+34600111222')));
  clock.advance(5 * minute);
  const refused = async () =>
    (await ask()).every((one) => one.status === 'rejected' && isProblem(one.reason, 'number-masked'));
  assert.ok(await refused());
  await keeping.sweep();
  assert.ok(await refused());
});

test('a caller stays known while another call of theirs is not handed over, and goes with the last', async (t) => {
  const { keeping, left, clock } = await handedOver(t);
  const second = await keeping.leave(keeping.businesses[0], { isNamed: true });
  assert.equal(second.contact, left.contact);
  clock.advance(5 * minute);
  await keeping.sweep();
  assert.deepEqual(await keeping.readable(left), forgotten);
  assert.deepEqual(await keeping.readable(second), { ...whole, recording: false });
  assert.equal((await keysOf(keeping, second))['person'], 1);
  await confirm(keeping, second);
  clock.advance(5 * minute);
  await keeping.sweep();
  assert.equal((await keysOf(keeping, second))['person'], 0);
  const third = await keeping.leave(keeping.businesses[0]);
  assert.notEqual(third.contact, left.contact, 'whoever rings now is somebody new');
});

test('wherever its end is broken off, nothing handed over is readable, no digit is lost, and the next sweep ends it', async (t) => {
  const keeping = await openKeeping(t);
  const { clock } = keeping.archive.ctx;
  await choose(keeping, 'sync-and-purge');
  const everything = async () => {
    const left = await keeping.leave(keeping.businesses[0], named);
    await confirm(keeping, left);
    clock.advance(5 * minute);
    return left;
  };
  await everything();
  await keeping.sweep();
  const steps = keeping.steps();
  assert.ok(steps > 20, `${steps} steps`);
  for (let stopAt = 1; stopAt <= steps; stopAt += 1) {
    const left = await everything();
    await keeping.sweep(stopAt);
    assert.deepEqual(await keeping.readable(left), forgotten, `broken off at ${stopAt}`);
    // A recording whose deletion failed is tried again after a while.
    clock.advance(5 * minute);
    await keeping.sweep();
    assert.deepEqual(await stored(keeping, left), onlyMasked, `broken off at ${stopAt}`);
    assert.deepEqual(await keysOf(keeping, left), { ...noKeys, masked: 1 }, `broken off at ${stopAt}`);
    assert.deepEqual((await shown(keeping, left)).numbers, [masked, masked, masked], `broken off at ${stopAt}`);
  }
  assert.deepEqual((await keeping.archive.ctx.objects.list('recordings/')).names, []);
});

test('nothing of another call or another organisation is touched by a hand-over', async (t) => {
  const { keeping, left, clock } = await handedOver(t);
  const [mine, theirs] = keeping.businesses;
  const others = [
    await keeping.leave(mine, { phone: '+34600111333', isNamed: true }),
    await keeping.leave(theirs, { phone: '+34600111444', isNamed: true }),
  ];
  const before = await Promise.all(others.map((one) => stored(keeping, one)));
  clock.advance(5 * minute);
  await keeping.sweep();
  assert.deepEqual(await keeping.readable(left), forgotten);
  assert.deepEqual(await Promise.all(others.map((one) => stored(keeping, one))), before);
  assert.ok(before.every((places) => places.length > 12));
});

test('the digits that are left are sealed under a key of the call, and under no key that dies with its words', async (t) => {
  const { keeping, left, clock } = await handedOver(t);
  const { ctx } = keeping.archive;
  const { organisation } = left.business;
  clock.advance(5 * minute);
  await keeping.sweep();
  const row = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ masked: Buffer }>(sql`
      select masked from app.calls where organisation_id = ${organisation} and id = ${left.call}`),
  );
  const place = { table: 'calls', row: left.call, column: 'masked' };
  assert.equal((await unseal(ctx, organisation, place, row.masked)).reveal(), masked);
  await ctx.keys.destroy({ organisation, kind: 'masked', id: left.call });
  assert.equal((await keeping.readable(left)).from, undefined);
});

test('of a call whose time was over before it was handed over no digit is kept, and what came of it goes as well', async (t) => {
  const keeping = await openKeeping(t);
  const { clock } = keeping.archive.ctx;
  await keeping.keep(keeping.businesses[0], { recordings: 5, calls: 5, messages: 50 }, 5 * minute);
  const left = await keeping.leave(keeping.businesses[0], named);
  clock.advance(6 * day);
  await keeping.sweep();
  const handOver = await confirm(keeping, left);
  assert.equal(handOver.reference, null);
  clock.advance(5 * minute);
  assert.deepEqual((await shown(keeping, left)).numbers, [undefined, undefined, undefined]);
  await keeping.sweep();
  assert.deepEqual(await stored(keeping, left), []);
  const { masked: digits, ...keys } = await keysOf(keeping, left);
  assert.deepEqual({ digits, ...keys }, { digits: 0, ...noKeys });
});

test('whoever rings again before the fifth minute is over is no longer forgotten with what was handed over', async (t) => {
  const { keeping, left, clock } = await handedOver(t);
  assert.equal(await keeping.see(keeping.businesses[0], '+34600111222'), left.contact);
  clock.advance(5 * minute);
  await keeping.sweep();
  assert.deepEqual(await stored(keeping, left), [...onlyMasked, 'contacts.phone', 'contacts.phone_index'].toSorted());
  assert.equal(await keeping.see(keeping.businesses[0], '+34600111222'), left.contact, 'and is known');
});
