import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, sql, type Id } from '#base';
import { canaryIds, ensureInstance } from '#safeguards/accounts';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { windowsOf } from '../../../test/keeping.ts';
import { canaryWindows, days, keepingOf, presets, setKeeping, whatWouldGo, type KeepingChoice } from './index.ts';
import standard from './presets/standard.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const set = (organisation: Id, choice: KeepingChoice) =>
  office.db.tenant(organisation, (tx) =>
    setKeeping(office.ctx, tx, { organisation, choice, by: `person:${organisation}` }),
  );
const read = (organisation: Id) => office.db.tenant(organisation, (tx) => keepingOf(tx, organisation));
const own = async () => (await makeBusiness(office.db)).organisation;

test('a business that has decided nothing keeps for 90 days', async () => {
  const { preset, windows, version, changedAt } = await read(await own());
  assert.deepEqual([preset, windows, version, changedAt], ['standard', standard.windows, 0, null]);
});

test('every change is a version and an audit entry; the same again is neither', async () => {
  const { organisation } = office.business;
  await set(organisation, { preset: 'short' });
  await set(organisation, { preset: 'short' });
  const windows = windowsOf({ recordings: 1, calls: 3_650, messages: 42, leads: 5 });
  const custom = await set(organisation, { preset: 'custom', windows, afterHandOver: 60_000 });
  assert.deepEqual([custom.version, custom.windows, custom.afterHandOver], [2, windows, 60_000]);
  assert.deepEqual(await read(organisation), custom);
  assert.deepEqual(await office.audited(), ['keeping.changed', 'keeping.changed']);
});

test('nothing is kept without an end, for part of a day, or not at all', async () => {
  const organisation = await own();
  for (const wrong of [0, -1, 0.5, 3_651, Infinity, Number.NaN]) {
    const windows = { ...standard.windows, calls: days(wrong), leads: days(wrong) };
    await assert.rejects(set(organisation, { preset: 'custom', windows }), (error) => {
      assert.ok(isProblem(error, 'input-invalid'));
      assert.deepEqual(
        error.mistakes?.map(({ at }) => at),
        ['/days/calls', '/days/leads'],
      );
      return true;
    });
  }
  assert.equal((await read(organisation)).version, 0);
});

test('a recording is kept no longer than its call', async () => {
  const organisation = await own();
  const windows = windowsOf({ recordings: 31, calls: 30, messages: 30 });
  await assert.rejects(set(organisation, { preset: 'custom', windows }), (error) => {
    assert.ok(isProblem(error, 'input-invalid'));
    assert.deepEqual(error.mistakes, [{ at: '/days/recordings', fix: 'must be no longer than calls' }]);
    return true;
  });
});

test('the database itself refuses windows without an end, and minutes of anybody but the canaries', async () => {
  const organisation = await own();
  const write = (windows: unknown, of: Id = organisation) =>
    office.db.tenant(of, (tx) =>
      tx.run(sql`
        insert into app.keepings (organisation_id, version, preset, windows, gone_to, changed_at, changed_by)
        values (${of}, 99, 'custom', ${JSON.stringify(windows)}, ${JSON.stringify(goneTo)}, now(), 'system')`),
    );
  const right = standard.windows;
  const { leads: _, ...five } = right;
  for (const wrong of [
    { ...right, recordings: 'account' },
    { ...right, leads: 'for-ever' },
    { ...right, leads: null },
    { ...right, calls: { ms: 0 } },
    { ...right, calls: { ms: null } },
    { ...right, calls: { ms: '7776000000' } },
    { ...right, calls: { ms: 3_651 * 86_400_000 } },
    { ...right, calls: { ms: 86_400_000, or: 1 } },
    { ...right, recordings: days(91) },
    { ...right, logs: days(1) },
    canaryWindows,
    five,
    null,
    [],
  ])
    await assert.rejects(write(wrong), { code: '23514' }, JSON.stringify(wrong));
  await ensureInstance(office.ctx);
  const ofCanary = office.db.tenant(canaryIds[0], async (tx) => {
    await setKeeping(office.ctx, tx, {
      organisation: canaryIds[0],
      choice: { preset: 'custom', windows: canaryWindows },
    });
    return keepingOf(tx, canaryIds[0]);
  });
  assert.deepEqual((await ofCanary).windows, canaryWindows);
  assert.equal(await write(right), 1);
});

const goneTo = Object.fromEntries(
  ['recordings', 'calls', 'messages', 'people', 'leads', 'appointments', 'handOver'].map((what) => [
    what,
    '1970-01-01T00:00:00.000Z',
  ]),
);

test('every preset is one that can be set, and none keeps without an end', async () => {
  const all = await presets();
  assert.deepEqual(
    all.map(({ id }) => id),
    ['account-life', 'minimal', 'short', 'standard', 'sync-and-purge'],
  );
  for (const { id, item } of all) {
    const organisation = await own();
    const kept = await set(organisation, { preset: id });
    assert.deepEqual([kept.windows, kept.afterHandOver], [item.windows, item.afterHandOver], id);
    assert.deepEqual(await read(organisation), kept, id);
  }
  await assert.rejects(set(await own(), { preset: 'for-ever' }), (error) => isProblem(error, 'input-invalid'));
});

test('of two changes at once one is refused, and no version is lost', async () => {
  const organisation = await own();
  const outcomes = await Promise.allSettled([
    set(organisation, { preset: 'short' }),
    set(organisation, { preset: 'minimal' }),
  ]);
  const kept = outcomes.filter(({ status }) => status === 'fulfilled').length;
  assert.equal((await read(organisation)).version, kept);
  for (const one of outcomes) {
    if (one.status === 'rejected') assert.ok(isProblem(one.reason, 'changed-meanwhile'));
  }
});

test('one organisation neither sees nor changes the setting of another', async () => {
  const [mine, theirs] = [await own(), await own()];
  await set(mine, { preset: 'minimal' });
  assert.equal((await read(theirs)).preset, 'standard');
  const stolen = await office.db.tenant(theirs, (tx) => keepingOf(tx, mine));
  assert.equal(stolen.version, 0);
});

test('a look at what a change would delete counts what is in its time now and would not be then, and changes nothing', async () => {
  const organisation = await own();
  const going = (count: number) =>
    office.db.tenant(organisation, (tx) =>
      whatWouldGo(office.ctx, tx, organisation, {
        windows: windowsOf({ recordings: count, calls: count, messages: count }),
      }),
    );
  const none = { calls: 0, recordings: 0, messages: 0, people: 0, leads: 0, appointments: 0, oldestAt: null };
  assert.deepEqual(await going(1), none);
  assert.equal((await read(organisation)).version, 0);
});
