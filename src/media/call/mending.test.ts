import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SpeechLoss } from '#adapters/models';
import { mend, startMending, type Mending, type MendingEvent } from './mending.ts';

const losses: readonly SpeechLoss[] = ['unreachable', 'dropped', 'garbage', 'too-slow', 'expired', 'failed'];
const anyEvent: fc.Arbitrary<(now: number) => MendingEvent> = fc.oneof(
  fc.boolean().map((isOwed) => () => ({ type: 'ready', isOwed }) as const),
  fc.constantFrom(...losses).map((why) => (now: number) => ({ type: 'lost', why, since: now }) as const),
  fc.constant(() => ({ type: 'sound' }) as const),
  fc.constant(() => ({ type: 'caller' }) as const),
);
const anyCall = fc.array(fc.tuple(fc.nat({ max: 6_000 }), anyEvent), { maxLength: 40 });

/** Plays events with the time between them looked at every 100 ms, as a call does. */
function play(steps: readonly (readonly [number, (now: number) => MendingEvent])[], owedSince?: number) {
  let state = startMending(0);
  let now = 0;
  const trail: { readonly now: number; readonly state: Mending; readonly todo: string | undefined }[] = [];
  const take = (event: MendingEvent) => {
    const [next, todo] = mend(state, event, now);
    state = next;
    trail.push({ now, state, todo });
  };
  take({ type: 'time', owedSince });
  for (const [ms, make] of steps) {
    for (const until = now + ms; now < until;) {
      now += 100;
      take({ type: 'time', owedSince });
    }
    take(make(now));
  }
  return trail;
}

test('nobody goes without a model, or without what it owes, for longer than the limit', () => {
  fc.assert(
    fc.property(anyCall, (steps) => {
      for (const { now, state } of play(steps)) {
        if (state.phase !== 'given-up' && state.since !== undefined) assert.ok(now - state.since <= 4_100);
        if (state.phase === 'connecting' || state.phase === 'reconnecting') assert.ok(state.since !== undefined);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('what is lost is tried again while there is time, one session at a time, and given up once', () => {
  fc.assert(
    fc.property(anyCall, (steps) => {
      const trail = play(steps);
      const gaveUp = trail.findIndex(({ todo }) => todo === 'give-up');
      if (gaveUp >= 0) assert.ok(trail.slice(gaveUp + 1).every(({ todo }) => todo === undefined));
      for (const { state } of trail) {
        const isWaiting = state.openAt !== undefined || state.lateAt !== undefined;
        const isBare = state.phase === 'connecting' || state.phase === 'reconnecting';
        assert.equal(isBare, isWaiting && state.phase !== 'given-up', 'without a model, a try runs or is due');
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a try that takes too long is followed by another within the time there is', () => {
  const trail = play([[4_000, () => ({ type: 'caller' })]]);
  const opened = trail.filter(({ todo }) => todo === 'open').map(({ now }) => now);
  assert.deepEqual(opened, [0, 1_900, 3_800]);
  assert.equal(trail.find(({ todo }) => todo === 'give-up')?.now, 4_000);
});

test('a model that is back and still owes what it owed has no more time for it than there was', () => {
  const trail = play([
    [300, () => ({ type: 'ready', isOwed: false })],
    [1_000, (now) => ({ type: 'lost', why: 'dropped', since: now })],
    [300, () => ({ type: 'ready', isOwed: true })],
    [6_000, () => ({ type: 'caller' })],
  ]);
  assert.equal(trail.find(({ todo }) => todo === 'give-up')?.now, 5_300);
});

test('a refusal is not tried again', () => {
  for (const why of ['key-refused', 'quota', 'refused'] as const) {
    const [{ state, todo } = { state: undefined, todo: undefined }] = play([
      [500, (now) => ({ type: 'lost', why, since: now })],
    ]).slice(-1);
    assert.equal(state?.phase, 'given-up');
    assert.equal(todo, 'give-up');
    assert.equal(state?.why, why);
  }
});

test('a model that is lost again and again is given up, one that is lost now and then is not', () => {
  const lost = (now: number) => ({ type: 'lost', why: 'dropped', since: now }) as const;
  const round = (pauseMs: number) => [
    [400, () => ({ type: 'ready', isOwed: false }) as const] as const,
    [pauseMs, lost] as const,
  ];
  const often = play(Array.from({ length: 6 }, () => round(1_000)).flat());
  assert.equal(often.at(-1)?.state.phase, 'given-up');
  const seldom = play(Array.from({ length: 20 }, () => round(30_000)).flat());
  assert.notEqual(seldom.at(-1)?.state.phase, 'given-up');
});

test('a model that is there and owes an answer is too slow in the end', () => {
  const trail = play(
    [
      [300, () => ({ type: 'ready', isOwed: false })],
      [6_000, () => ({ type: 'caller' })],
    ],
    1_000,
  );
  const end = trail.find(({ todo }) => todo === 'give-up');
  assert.equal(end?.now, 5_000);
  assert.equal(end?.state.why, 'too-slow');
});
