import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleOf } from './schedule.ts';
import { day } from '../../../test/keeping.ts';
import { openHolding } from '../../../test/holding.ts';

test('a hold stands in the schedule while it is in force, with its end, and in no other business’s', async (t) => {
  const holding = await openHolding(t);
  const { ctx } = holding.archive;
  const [mine, theirs] = holding.businesses;
  const left = await holding.leave(mine);
  const of = ({ organisation }: typeof mine) => ctx.db.tenant(organisation, (tx) => scheduleOf(ctx, tx, organisation));
  const asked = await holding.ask({ call: left.call });
  assert.deepEqual((await of(mine)).holds, { asked: 1, inForce: 0, items: [] });
  const id = await holding.hold({ call: left.call }, 30 * day);
  const { holds } = await of(mine);
  assert.deepEqual([holds.asked, holds.inForce], [1, 1]);
  assert.deepEqual(holds.items, [{ id, what: 'call', endsAt: ctx.clock.now() + 30 * day }]);
  assert.notEqual(asked, id);
  assert.deepEqual((await of(theirs)).holds, { asked: 0, inForce: 0, items: [] });
  ctx.clock.advance(31 * day);
  await holding.keepHolds();
  assert.deepEqual((await of(mine)).holds.items, []);
});
