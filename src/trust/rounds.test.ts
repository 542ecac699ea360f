import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, pause, seededRandom, turnEnd } from '#base';
import { openLane } from './lane.ts';
import { slowMs, startRounds, type Round } from './rounds.ts';

const minute = 60_000;

type Work = () => Promise<void>;

/** Starts them on a clock of their own; `until` moves it, and lets everything happen in between that needs no time. */
function started(
  t: { after(work: () => Promise<void>): void },
  all: (clock: ReturnType<typeof manualClock>) => readonly Round<Work>[],
) {
  const clock = manualClock(0);
  const rounds = startRounds({ clock, random: seededRandom('rounds') }, all(clock), (work) => work());
  t.after(async () => {
    const ended = rounds.stop();
    clock.advance(60 * minute);
    await ended;
  });
  return {
    clock,
    async until(isSo: () => boolean): Promise<void> {
      for (let step = 0; step < 200_000 && !isSo(); step += 1) {
        await turnEnd();
        clock.advance(100);
      }
      assert.ok(isSo(), 'it never came to that');
    },
  };
}

test('a look never overlaps with the one before, and looks do not pile up behind a slow one', async (t) => {
  let running = 0;
  let most = 0;
  let looks = 0;
  const { clock, until } = started(t, (time) => [
    {
      id: 'slow',
      every: minute,
      what: async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(time, 10 * minute);
        running -= 1;
        looks += 1;
      },
    },
  ]);
  await until(() => looks === 3);
  assert.equal(most, 1);
  assert.ok(clock.now() >= 30 * minute);
  // Ten cadences passed with each of them, and none of those is made up for at once.
  await turnEnd();
  assert.equal(looks, 3);
});

test('a claim that takes all the time it may holds no quick one up', async (t) => {
  const seen: number[] = [];
  const { until } = started(t, (clock) => [
    { id: 'hanging', every: minute, what: () => pause(clock, 20_000) },
    { id: 'quick', every: minute, what: async () => void seen.push(clock.now()) },
  ]);
  await until(() => seen.length === 30);
  const waits = seen.slice(1).map((at, place) => at - seen[place]!);
  // Before its first look nobody knew that it is slow: it was in the way once, for its 20 seconds and their rest.
  assert.ok(waits.filter((ms) => ms > minute + 500).length <= 1, waits.join());
  assert.ok(Math.max(...waits) <= minute + 80_500, waits.join());
});

test('what was slow before the process began holds nothing up from the start', async (t) => {
  const seen: number[] = [];
  const { until } = started(t, (clock) => [
    { id: 'hanging', every: minute, tookMs: 20_000, what: () => pause(clock, 20_000) },
    { id: 'quick', every: minute, what: async () => void seen.push(clock.now()) },
  ]);
  await until(() => seen.length === 10);
  assert.ok(seen[0]! <= 10_500);
  assert.ok(
    seen.slice(1).every((at, place) => at - seen[place]! <= minute + 500),
    seen.join(),
  );
});

for (const [name, tookMs] of [
  ['quick', slowMs / 2],
  ['slow', slowMs * 2],
] as const) {
  test(`looking takes no more than its share of the time, with claims that are ${name}`, async (t) => {
    let spent = 0;
    const { clock, until } = started(t, (time) =>
      Array.from({ length: 100 }, (_, at) => ({
        id: `claim-${at}`,
        every: minute,
        tookMs,
        what: async () => {
          await pause(time, tookMs);
          spent += tookMs;
        },
      })),
    );
    await until(() => spent >= 200 * tookMs);
    assert.ok(spent / clock.now() < 0.26, `${spent} of ${clock.now()}`);
  });
}

test('no claim is forgotten when there are more than there is time for: each waits no longer than all the others take', async (t) => {
  const seen = new Map<string, number[]>();
  const { until } = started(t, (clock) =>
    Array.from({ length: 50 }, (_, at) => {
      const id = `claim-${at}`;
      seen.set(id, []);
      return {
        id,
        every: 10_000,
        what: async () => {
          seen.get(id)!.push(clock.now());
          await pause(clock, slowMs / 2);
        },
      };
    }),
  );
  await until(() => [...seen.values()].every((looks) => looks.length >= 3));
  const counts = [...seen.values()].map((looks) => looks.length);
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 2, counts.join());
});

test('the waits vary, and none is longer than the cadence', async (t) => {
  const seen: number[] = [];
  const { until } = started(t, (clock) => [
    { id: 'one', every: 5 * minute, what: async () => void seen.push(clock.now()) },
  ]);
  await until(() => seen.length === 20);
  const waits = seen.slice(1).map((at, place) => at - seen[place]!);
  assert.ok(
    waits.every((ms) => ms >= 4 * minute - 100 && ms <= 5 * minute + 100),
    waits.join(),
  );
  assert.ok(new Set(waits).size > 5);
});

test('after stop nothing is begun any more', async (t) => {
  const clock = manualClock(0);
  let looks = 0;
  const rounds = startRounds(
    { clock, random: seededRandom('stop') },
    [{ id: 'one', every: minute, what: 1 }],
    async () => {
      looks += 1;
    },
  );
  t.after(() => rounds.stop());
  await rounds.stop();
  clock.advance(60 * minute);
  await turnEnd();
  assert.equal(looks, 0);
});

test('what has been due for longest comes first', async () => {
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const lane = openLane<string>(manualClock(0), {
    share: 1,
    stopped: new AbortController().signal,
    async work({ what }) {
      order.push(what);
      if (what === 'first in') await gate.promise;
    },
  });
  lane.add({ what: 'first in', at: 5 });
  lane.add({ what: 'late', at: 9 });
  lane.add({ what: 'early', at: 1 });
  lane.add({ what: 'between', at: 4 });
  gate.resolve();
  await lane.ended();
  assert.deepEqual(order, ['first in', 'early', 'between', 'late']);
});

test('a lane that was stopped begins nothing more', async () => {
  const stopped = new AbortController();
  const order: string[] = [];
  const lane = openLane<string>(manualClock(0), {
    share: 0.5,
    stopped: stopped.signal,
    async work({ what }) {
      order.push(what);
      stopped.abort();
    },
  });
  lane.add({ what: 'one', at: 1 });
  lane.add({ what: 'two', at: 2 });
  await lane.ended();
  assert.deepEqual(order, ['one']);
});
