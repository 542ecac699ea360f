import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day, hour, openEraserDesk } from '../../../test/eraser-desk.ts';
import { processorEraser } from './eraser.ts';

const year = 365 * day;

test('under a clock that is ahead no deletion is given up, and once it is right it is gone on with at once', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call()]);
  for (const [name, one] of desk.store.recordings) desk.store.recordings.set(name, { ...one, isStubborn: true });
  await desk.pass(2 * day);
  const { clock, keys } = desk.ctx;
  const right = clock.now();
  const time = { ...keys.time, doubt: async () => ({ expectedAt: right, aheadMs: year, until: undefined }) };
  const ahead = { ...clock, now: () => right + year };
  const wrong = processorEraser({ ...desk.ctx, clock: ahead, keys: { ...keys, time } }, Infinity);
  while ((await wrong.run()) > 0);
  const { state, attempts } = await desk.state(erasure);
  assert.equal(state, 'asked');
  for (const [name, one] of desk.store.recordings) desk.store.recordings.set(name, { ...one, isStubborn: false });
  await desk.pass(hour);
  assert.ok((await desk.state(erasure)).attempts > attempts);
  assert.equal((await desk.state(erasure)).state, 'confirmed');
});

test('what was to be deleted of a call that ended under a clock that was ahead is confirmed once it is right', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call({ agoMs: -year })]);
  await desk.pass(hour);
  const { state, attempts } = await desk.state(erasure);
  assert.equal(state, 'confirmed');
  assert.ok(attempts < 10, 'and nobody is asked all the time');
});
