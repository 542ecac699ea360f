import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Id } from '#base';
import { day, hour, minute, openEraserDesk, type EraserDesk } from '../../../test/eraser-desk.ts';
import { listProcessorErasures, type Wanted } from './index.ts';

/** The calls of all pages, two at a time. */
async function listed({ office, business: { organisation } }: EraserDesk, wanted: Wanted): Promise<Id[]> {
  const calls: Id[] = [];
  let before: string | null | undefined;
  while (before !== null) {
    const request = { wanted, limit: 2, ...(before !== undefined && { before }) };
    const page = await office.db.tenant(organisation, (tx) => listProcessorErasures(tx, organisation, request));
    calls.push(...page.items.map(({ call }) => call));
    before = page.next;
  }
  return calls;
}

test('what is under way, what was given up and what one erasure wants are listed apart, page by page', async (t) => {
  const desk = await openEraserDesk(t);
  const lost = [await desk.call(), await desk.call(), await desk.call()];
  for (const call of lost) {
    await desk.erase([call]);
    desk.ctx.clock.advance(minute);
  }
  const stuck = [...desk.store.recordings.values()];
  for (const one of stuck) desk.store.recordings.set(one.sid, { ...one, isStubborn: true });
  await desk.pass(7 * day + hour);
  const [done, open] = [await desk.call(), await desk.call()];
  const erasure = await desk.erase([done]);
  await desk.pass(hour);
  desk.store.fate = () => 'cut';
  await desk.erase([open]);
  assert.deepEqual(await listed(desk, 'open'), [open]);
  assert.deepEqual(new Set(await listed(desk, 'given-up')), new Set(lost));
  assert.equal((await listed(desk, 'given-up')).length, 3);
  assert.deepEqual(await listed(desk, { erasure }), [done]);
});
