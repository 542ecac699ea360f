import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doubtMs, mostSetMs } from './clock-doubt.ts';
import { manualClock, type Clock } from './clock.ts';
import { startReconcilers, type Reconciler } from './reconcile.ts';

const second = 1_000;
const year = 365 * mostSetMs;

/** What ends by age and what does not, on a machine whose clock can be set. */
function machine() {
  const passing = manualClock(0);
  const state = { set: Date.UTC(2026, 10, 23, 15), ended: 0, other: 0 };
  const clock: Clock = {
    now: () => passing.now() + state.set,
    after: (ms, work) => passing.after(ms, work),
    steady: () => passing.now(),
  };
  const note = (): Promise<number> => {
    state.ended += 1;
    return Promise.resolve(0);
  };
  const others = (): Promise<number> => {
    state.other += 1;
    return Promise.resolve(0);
  };
  const all: Reconciler[] = [
    { name: 'age', everyMs: second, byAge: true, run: note },
    { name: 'sweeps', everyMs: second, sweeps: true, run: note },
    { name: 'other', everyMs: second, run: others },
  ];
  const running = startReconcilers({ clock, log: () => {} }, all);
  const settle = async () => {
    for (let step = 0; step < 10; step += 1) await Promise.resolve();
  };
  return {
    running,
    set: (ms: number) => void (state.set += ms),
    /** So many seconds later: how often anything was ended by age meanwhile, and how often anything else was done. */
    async later(seconds: number) {
      await settle();
      const before = { ended: state.ended, other: state.other };
      for (let one = 0; one < seconds; one += 1) {
        passing.advance(second);
        await settle();
      }
      return { ended: state.ended - before.ended, other: state.other - before.other };
    },
  };
}

test('a clock that is set a year ahead and back again within minutes ends nothing by age', async () => {
  const { running, set, later } = machine();
  assert.deepEqual(await later(5), { ended: 10, other: 5 });
  set(year);
  assert.deepEqual(await later(60), { ended: 0, other: 60 });
  set(-year);
  assert.deepEqual(await later(5), { ended: 10, other: 5 }, 'and is believed at once when it is right again');
  await running.stop();
});

test('a clock that stays where it was set is believed a quarter of an hour later', async () => {
  const { running, set, later } = machine();
  await later(5);
  set(year);
  const quarter = doubtMs / second;
  assert.equal((await later(quarter - 1)).ended, 0);
  assert.ok((await later(5)).ended > 0);
  await running.stop();
});

test('a clock that is set by hours, or backwards, is believed', async () => {
  const { running, set, later } = machine();
  await later(5);
  for (const ms of [mostSetMs / 2, -year, 1_000]) {
    set(ms);
    assert.equal((await later(5)).ended, 10, String(ms));
  }
  await running.stop();
});
