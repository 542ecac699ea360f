import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  manualClock,
  readConfig,
  seededRandom,
  startReconcilers,
  systemRandom,
  turnEnd,
  type Clock,
  type KeySubject,
  type Reconciler,
} from '#base';
import { keystoreIn, temporaryFolder, testKeystore } from '../../../test/keys.ts';
import { noWayOut } from '../../../test/no-way-out.ts';
import { believeClock } from './clock-status.ts';
import { keyReaper } from './key-reaper.ts';
import { doubtMs, farOffMs } from './known-time.ts';

const second = 1_000;
const hour = 3_600_000;
const day = 24 * hour;
const year = 365 * day;
const organisation = '00000000-0000-7000-8000-0000000000c1';

function callOf(number: number): KeySubject {
  return { organisation, kind: 'call', id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` };
}

/** A machine whose clock can be set, beside the time that passes. */
function machine() {
  const passing = manualClock(0);
  const state = { set: Date.UTC(2026, 10, 23, 15) };
  const clock: Clock = {
    now: () => passing.now() + state.set,
    after: (ms, work) => passing.after(ms, work),
    steady: () => passing.now(),
  };
  return { clock, passing, set: (ms: number) => void (state.set += ms) };
}

/** What ends by age and what does not, while the clock of a running machine is set. */
function running() {
  const { clock, passing, set } = machine();
  const done = { ended: 0, other: 0 };
  const count = (what: keyof typeof done) => async () => {
    done[what] += 1;
    return 0;
  };
  const all: Reconciler[] = [
    { name: 'age', everyMs: second, byAge: true, run: count('ended') },
    { name: 'sweeps', everyMs: second, sweeps: true, run: count('ended') },
    { name: 'other', everyMs: second, run: count('other') },
  ];
  const keys = testKeystore(seededRandom('time'), clock);
  const behind = startReconcilers({ clock, keys, log: () => {} }, all);
  return {
    stop: () => behind.stop(),
    hear: keys.time.hear,
    now: clock.now,
    set,
    /** So many seconds later: how often anything was ended by age meanwhile, and how often anything else was done. */
    async later(seconds: number) {
      await turnEnd();
      const before = { ...done };
      for (let one = 0; one < seconds; one += 1) {
        passing.advance(second);
        await turnEnd();
      }
      return { ended: done.ended - before.ended, other: done.other - before.other };
    },
  };
}

test('a clock that is set a year ahead and back again ends nothing by age, however late it is noticed', async () => {
  const { stop, set, later } = running();
  assert.deepEqual(await later(5), { ended: 10, other: 5 });
  set(year);
  assert.deepEqual(await later(3 * 3_600), { ended: 0, other: 3 * 3_600 });
  set(-year);
  assert.deepEqual(await later(5), { ended: 10, other: 5 }, 'and is believed at once when it is right again');
  await stop();
});

test('a clock that stays where it was set, some days ahead or behind, is believed a quarter of an hour later', async () => {
  const { stop, set, later } = running();
  await later(5);
  for (const ms of [10 * day, -10 * day]) {
    set(ms);
    assert.equal((await later(doubtMs / second - 1)).ended, 0);
    assert.ok((await later(5)).ended > 0);
  }
  await stop();
});

test('what runs hourly does not wait another hour once the clock is believed', async () => {
  const { clock, passing, set } = machine();
  const keys = testKeystore(seededRandom('hourly'), clock);
  const runs: number[] = [];
  const hourly = {
    name: 'hourly',
    everyMs: hour,
    sweeps: true,
    run: async () => (runs.push(passing.now()), 0),
  } as const;
  await keys.time.doubt();
  set(10 * day);
  const behind = startReconcilers({ clock, keys, log: () => {} }, [hourly]);
  for (let minutes = 0; minutes < 17; minutes += 1) {
    await turnEnd();
    passing.advance(60_000);
  }
  await turnEnd();
  assert.equal(runs.length, 1);
  set(10 * day);
  passing.advance(hour);
  await turnEnd();
  await behind.stop();
  assert.equal(runs.length, 1, 'nor does it run once more because it is stopped');
});

test('a clock that is set by hours is believed', async () => {
  const { stop, set, later } = running();
  await later(5);
  for (const ms of [day / 2, -day / 2, second]) {
    set(ms);
    assert.equal((await later(5)).ended, 10, String(ms));
  }
  await stop();
});

test('a clock that is set by more and more is doubted anew each time', async () => {
  const { stop, set, later } = running();
  await later(5);
  set(5 * day);
  assert.equal((await later(doubtMs / second - 10)).ended, 0);
  set(5 * day);
  assert.equal((await later(doubtMs / second - 10)).ended, 0);
  await stop();
});

test('somebody outside who tells the same time ends the doubt, and one who tells another keeps it up', async () => {
  const { stop, hear, now, set, later } = running();
  await later(5);
  await hear(now() - year);
  assert.equal((await later(5)).ended, 10, 'a clock that is believed is not doubted because of somebody');
  set(2 * farOffMs);
  assert.equal((await later(5)).ended, 0);
  await hear(now() - hour);
  assert.equal((await later(5)).ended, 10);
  set(10 * day);
  assert.equal((await later(5)).ended, 0);
  await hear(now() - 10 * day);
  assert.equal(
    (await later(2 * (doubtMs / second))).ended,
    0,
    'a clock that is known to be wrong is not believed by itself',
  );
  await hear(now());
  assert.equal((await later(5)).ended, 10);
  await stop();
});

function sensesOf(folder: string, clock: Clock) {
  return { config: readConfig({ SOTTO_DATA_DIR: folder }), random: systemRandom, clock, http: noWayOut };
}

/** An installation with a call that is kept for ten days, and its starts under one clock or another. */
async function installation(t: TestContext) {
  const folder = await temporaryFolder(t);
  const { clock, passing, set } = machine();
  const start = () => keystoreIn(t, folder, { clock });
  const first = await start();
  await first.keepFor(organisation, { call: 10 * day });
  const call = await first.contentKey(callOf(1));
  await first.close();
  return {
    start,
    set,
    folder,
    clock,
    /** It is off for so long. */
    off: (ms: number) => passing.advance(ms),
    async lives(keys: Awaited<ReturnType<typeof start>>, id = call.id) {
      return (await keys.openKey(organisation, id)) !== undefined;
    },
    /** A quarter of an hour and an hour go by, with the hourly run. */
    async goOn(keys: Awaited<ReturnType<typeof start>>) {
      const reaper = startReconcilers({ clock, keys, log: () => {} }, [keyReaper({ keys, clock: keys.time.clock })]);
      for (let minutes = 0; minutes < 130; minutes += 1) {
        passing.advance(60_000);
        await turnEnd();
      }
      await reaper.stop();
    },
  };
}

test('a clock that is a year ahead when it starts ends no key, not in hours either, and put right all is there', async (t) => {
  const { start, set, lives, goOn } = await installation(t);
  set(year);
  const wrong = await start();
  await goOn(wrong);
  assert.equal(await lives(wrong), true);
  const doubt = await wrong.time.doubt();
  assert.ok(doubt && doubt.until === undefined && doubt.aheadMs >= year - hour);
  await wrong.close();
  set(-year);
  const right = await start();
  assert.equal(await right.time.doubt(), undefined);
  assert.equal(await lives(right), true);
});

test('a clock that is put right while it runs is believed at once, and what is due by then ends', async (t) => {
  const { start, set, off, lives, goOn } = await installation(t);
  off(12 * day);
  set(year);
  const keys = await start();
  assert.ok(await keys.time.doubt());
  set(-year);
  const left = await keys.time.doubt();
  assert.ok(left?.until !== undefined, 'off for twelve days it waits a quarter of an hour as any other start');
  await goOn(keys);
  assert.equal(await keys.time.doubt(), undefined);
  assert.equal(await lives(keys), false);
});

test('off for a weekend it begins with a quarter of an hour of doubt, and ends what is due without help', async (t) => {
  const { start, off, lives, goOn } = await installation(t);
  off(20 * day);
  const keys = await start();
  assert.ok((await keys.time.doubt())?.until !== undefined);
  assert.equal(await lives(keys), true);
  await goOn(keys);
  assert.equal(await lives(keys), false);
});

test('off for two months, one answer from outside, or one word of the operator, lets everything due end', async (t) => {
  for (const help of ['outside', 'operator']) {
    const { start, off, lives, goOn, folder, clock } = await installation(t);
    off(60 * day);
    const keys = await start();
    await goOn(keys);
    assert.equal(await lives(keys), true, 'nobody has said anything yet');
    if (help === 'outside') await keys.time.hear(clock.now() - second);
    else await believeClock(sensesOf(folder, clock));
    assert.equal(await keys.time.doubt(), undefined);
    await goOn(keys);
    assert.equal(await lives(keys), false, help);
  }
});

test('under a clock that fell back by years time goes on from what was known, and what is made then outlives its mending', async (t) => {
  const { start, set, lives, clock, goOn } = await installation(t);
  const before = clock.now();
  set(-6 * year);
  const keys = await start();
  assert.ok(Math.abs(keys.time.clock.now() - before) < hour);
  const made = await keys.contentKey(callOf(2));
  await goOn(keys);
  set(6 * year);
  await goOn(keys);
  assert.equal(await keys.time.doubt(), undefined);
  assert.deepEqual([await lives(keys), await lives(keys, made.id)], [true, true]);
  assert.equal(keys.time.clock.now(), clock.now());
});

test('what is released under a doubted clock dies later, and not for that', async (t) => {
  const { start, set, lives } = await installation(t);
  const keys = await start();
  await keys.hold([callOf(1)]);
  set(year);
  await keys.release([{ subject: callOf(1), day: '2026-11-23' }]);
  assert.equal(await lives(keys), true);
});

test('killed at any moment and started under one wrong clock after the other, nothing is lost', async (t) => {
  const { start, set, lives, goOn } = await installation(t);
  for (const ms of [year, 3 * year, -30 * year, 40 * day]) {
    set(ms);
    // Never closed: as a process that is killed.
    const keys = await start();
    await goOn(keys);
    assert.equal(await lives(keys), true, String(ms));
    set(-ms);
  }
  assert.equal(await lives(await start()), true);
});
