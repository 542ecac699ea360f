import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liftHold } from '#safeguards/holds';
import {
  choose,
  confirm,
  forgotten,
  keysOf,
  minute,
  named,
  noKeys,
  onlyMasked,
  stored,
} from '../../../test/hand-over.ts';
import { openHolding } from '../../../test/holding.ts';

test('what is held when it is handed over is shown nowhere from the fifth minute on, stays whole, and goes soon after the hold ends', async (t) => {
  const holding = await openHolding(t);
  const { clock } = holding.archive.ctx;
  const [mine] = holding.businesses;
  await choose(holding, 'sync-and-purge');
  const [held, free] = [
    await holding.leave(mine, named),
    await holding.leave(mine, { ...named, phone: '+34600111333' }),
  ];
  const hold = await holding.hold({ call: held.call });
  for (const left of [held, free]) await confirm(holding, left);
  const before = { places: await stored(holding, held), keys: await keysOf(holding, held) };
  clock.advance(5 * minute);
  await holding.sweep();
  assert.deepEqual(await holding.readable(held), forgotten);
  assert.deepEqual({ places: await stored(holding, held), keys: await keysOf(holding, held) }, before);
  assert.deepEqual(await stored(holding, free), onlyMasked, 'a hold keeps no other from its end');
  const [one, other] = holding.people;
  await liftHold(holding.archive.ctx, one, hold);
  await liftHold(holding.archive.ctx, other, hold);
  await holding.keepHolds();
  clock.advance(minute);
  await holding.sweep();
  assert.deepEqual(await holding.readable(held), forgotten);
  assert.deepEqual(await stored(holding, held), onlyMasked);
  assert.deepEqual(await keysOf(holding, held), { ...noKeys, masked: 1 });
});

test('a hold that is asked for after the fifth minute, before a sweep ran, keeps what is there', async (t) => {
  const holding = await openHolding(t);
  await choose(holding, 'sync-and-purge');
  const left = await holding.leave(holding.businesses[0], named);
  await confirm(holding, left);
  const before = await stored(holding, left);
  holding.archive.ctx.clock.advance(6 * minute);
  await holding.ask({ call: left.call });
  await holding.sweep();
  assert.deepEqual(await stored(holding, left), before);
  assert.deepEqual(await holding.readable(left), forgotten);
});
