import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { frameMs } from './audio.ts';
import {
  beatPlayout,
  beginAnswer,
  cutAll,
  endAnswer,
  interject,
  marked,
  openPlayout,
  playAudio,
  soundUntil,
  type Playout,
} from './playout.ts';
import { receivedMs, type Said } from './said.ts';
import { momentTone } from './tone.ts';

/** Bytes that tell the answer and the place in it. */
function bytes(answer: number, from: number, count: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: count }, (_, at) => (answer * 37 + (from + at) * 7) % 256));
}

type Sent = { readonly bytes: Buffer; readonly generation: number; readonly playsAt: number; isCleared: boolean };

/** A carrier that plays in real time and gives marks back late, and everything that was noticed of the playout. */
function stage(delays: readonly number[]) {
  const state = { now: 1_000, playsUntil: 0, mostAheadMs: 0, delay: 0 };
  const sent: Sent[] = [];
  let marks: { name: string; at: number }[] = [];
  const ends = new Map<number, { playedMs: number; isCut: boolean }[]>();
  const note = (said: Said, playedMs: number, isCut: boolean) =>
    ends.set(said.generation, [...(ends.get(said.generation) ?? []), { playedMs, isCut }]);
  const after = () => delays[state.delay++ % delays.length] ?? 0;
  const out: Playout = openPlayout(
    {
      audio(payload) {
        const playsAt = Math.max(state.playsUntil, state.now);
        state.playsUntil = playsAt + frameMs;
        state.mostAheadMs = Math.max(state.mostAheadMs, state.playsUntil - state.now);
        const generation = out.answers.find(({ isSent }) => !isSent)?.generation ?? 0;
        sent.push({ bytes: Buffer.from(payload, 'base64'), generation, playsAt, isCleared: false });
      },
      mark: (name) => void marks.push({ name, at: Math.max(state.now, state.playsUntil) + after() }),
      flush: () => {},
      clear() {
        for (const frame of sent) if (frame.playsAt > state.now) frame.isCleared = true;
        state.playsUntil = Math.min(state.playsUntil, state.now);
        marks = marks.map(({ name }) => ({ name, at: state.now + after() }));
      },
      backlog: () => 0,
    },
    {
      sent: () => {},
      began: (said) => assert.ok(said.sentMs >= frameMs, 'heard before it was sent'),
      over: (said, playedMs) => note(said, playedMs, false),
    },
  );
  const echo = () => {
    const due = marks.filter(({ at }) => at <= state.now).toSorted((a, b) => a.at - b.at);
    marks = marks.filter(({ at }) => at > state.now);
    for (const { name } of due) marked(out, name, state.now);
  };
  return {
    out,
    sent,
    ends,
    state,
    cut() {
      const cuts = cutAll(out, state.now);
      for (const { said, playedMs } of cuts) note(said, playedMs, true);
      return cuts;
    },
    pass(ms: number) {
      for (let left = ms; left > 0; left -= 5) {
        state.now += 5;
        echo();
        if (state.now % frameMs === 0) beatPlayout(out, state.now);
      }
    },
  };
}

type Deed =
  | { readonly do: 'audio'; readonly count: number }
  | { readonly do: 'begin' }
  | { readonly do: 'end' }
  | { readonly do: 'cut' }
  | { readonly do: 'tone' }
  | { readonly do: 'pass'; readonly ms: number };

const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 9_000 }).map((count) => ({ do: 'audio', count }) as const), weight: 4 },
  { arbitrary: fc.constant({ do: 'audio', count: 160 } as const), weight: 4 },
  fc.constantFrom<Deed>({ do: 'begin' }, { do: 'end' }, { do: 'cut' }, { do: 'tone' }),
  { arbitrary: fc.integer({ min: 1, max: 150 }).map((steps) => ({ do: 'pass', ms: steps * 5 }) as const), weight: 4 },
);
const anyDelays = fc.array(
  fc.nat({ max: 40 }).map((steps) => steps * 5),
  { minLength: 1, maxLength: 7 },
);

/** Plays the deeds after a first answer has begun, and lets everything come to its end. */
function perform(deeds: readonly Deed[], delays: readonly number[]) {
  const on = stage(delays);
  const given = new Map<number, Buffer[]>();
  const cutAt = new Map<number, number>();
  const began: Said[] = [];
  const begin = () => void began.push(beginAnswer(on.out, `a${began.length}`, on.state.now));
  const give = (said: Said, count: number) => {
    const piece = bytes(said.generation, said.receivedBytes, count);
    const isTaken = playAudio(on.out, said, piece.toString('base64'), on.state.now);
    if (isTaken) given.set(said.generation, [...(given.get(said.generation) ?? []), piece]);
  };
  begin();
  for (const deed of deeds) {
    if (deed.do === 'pass') on.pass(deed.ms);
    else if (deed.do === 'tone') interject(on.out, momentTone(), on.state.now);
    else if (deed.do === 'begin') begin();
    else if (deed.do === 'cut') for (const cut of on.cut()) cutAt.set(cut.said.generation, on.sent.length);
    else if (deed.do === 'end') endAnswer(on.out, began.at(-1)!, on.state.now);
    else give(began.at(-1)!, deed.count);
    assert.ok(began.every(({ playedMs, sentMs }) => playedMs <= sentMs));
  }
  endAnswer(on.out, began.at(-1)!, on.state.now);
  on.pass(20_000);
  return { ...on, given, began, cutAt };
}

test('whatever is given, cut and acknowledged late, what is sent is bit-exact, in order and never of a cut answer', () => {
  fc.assert(
    fc.property(fc.array(anyDeed, { maxLength: 40 }), anyDelays, (deeds, delays) => {
      const { sent, given, began, cutAt, state } = perform(deeds, delays);
      assert.ok(state.mostAheadMs <= 400, `${state.mostAheadMs} ms lay at the carrier`);
      for (const { generation } of began) {
        const own = sent.filter((frame) => frame.generation === generation);
        const all = Buffer.concat(own.map((frame) => frame.bytes));
        const due = Buffer.concat(given.get(generation) ?? []);
        const most = Math.min(all.length, due.length);
        assert.ok(all.subarray(0, most).equals(due.subarray(0, most)), 'not what was given');
        assert.ok(
          all.subarray(most).every((byte) => byte === 0xff),
          'filled up with something else than silence',
        );
        if (!cutAt.has(generation)) assert.ok(all.length >= due.length && all.length < due.length + 160);
        const last = sent.findLastIndex((frame) => frame.generation === generation);
        assert.ok(last < (cutAt.get(generation) ?? Number.POSITIVE_INFINITY), 'sent after it was cut');
      }
      const generations = sent
        .map(({ generation }) => generation)
        .filter((one) => began.some((b) => b.generation === one));
      assert.deepEqual(
        generations,
        generations.toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 300 },
  );
});

test('every answer ends exactly once, played or cut, and never counts as played further than the caller heard', () => {
  fc.assert(
    fc.property(fc.array(anyDeed, { maxLength: 40 }), anyDelays, (deeds, delays) => {
      const { out, sent, ends, began, state } = perform(deeds, delays);
      for (const said of began) {
        const [end, ...more] = ends.get(said.generation) ?? [];
        assert.ok(end && more.length === 0);
        const heard = sent.filter((frame) => frame.generation === said.generation && !frame.isCleared).length * frameMs;
        assert.ok(end.playedMs <= heard, `${end.playedMs} ms of ${heard} that were heard`);
        if (!end.isCut) assert.equal(end.playedMs, receivedMs(said));
      }
      assert.equal(out.answers.length, 0);
      assert.ok(soundUntil(out) <= state.now);
    }),
    { numRuns: 300 },
  );
});

test('an answer is marked after its first frame, every 400 ms and at its end', () => {
  const marks: string[] = [];
  const wire = {
    audio: () => {},
    mark: (name: string) => void marks.push(name),
    flush: () => {},
    clear: () => {},
    backlog: () => 0,
  };
  const out = openPlayout(wire, { sent: () => {}, began: () => {}, over: () => {} });
  const said = beginAnswer(out, 'a', 0);
  playAudio(out, said, bytes(1, 0, 5_000).toString('base64'), 0);
  endAnswer(out, said, 0);
  for (let now = 40; now < 1_000; now += 40) beatPlayout(out, now);
  assert.deepEqual(marks, ['1.20', '1.420', '1.640']);
});

test('between marks the clock goes on, a mark corrects it, and what the carrier has not acknowledged is not counted', () => {
  const wire = { audio: () => {}, mark: () => {}, flush: () => {}, clear: () => {}, backlog: () => 0 };
  const playedAt = (marks: readonly (readonly [string, number])[], now: number) => {
    const out = openPlayout(wire, { sent: () => {}, began: () => {}, over: () => {} });
    const said = beginAnswer(out, 'a', 0);
    playAudio(out, said, bytes(1, 0, 8_000).toString('base64'), 0);
    for (let at = 20; at <= now; at += 20) {
      for (const [name, when] of marks) if (when === at) marked(out, name, at);
      beatPlayout(out, at);
    }
    return cutAll(out, now)[0]?.playedMs;
  };
  assert.equal(playedAt([], 200), 20, 'no mark has come back: at most the first frame');
  assert.equal(playedAt([['1.20', 60]], 160), 120, '100 ms after the mark of 20 ms');
  assert.equal(playedAt([['1.20', 60]], 600), 420, 'the next mark is overdue: not beyond it');
  assert.equal(
    playedAt(
      [
        ['1.20', 60],
        ['1.420', 600],
      ],
      700,
    ),
    520,
  );
});

test('a carrier that does not take what it is sent is sent no more, and nothing is lost by it', () => {
  const state = { backlog: 0, sent: 0 };
  const wire = {
    audio: () => void (state.sent += 1),
    mark: () => {},
    flush: () => {},
    clear: () => {},
    backlog: () => state.backlog,
  };
  const out = openPlayout(wire, { sent: () => {}, began: () => {}, over: () => {} });
  state.backlog = 100_000;
  const said = beginAnswer(out, 'a', 0);
  playAudio(out, said, bytes(1, 0, 1_600).toString('base64'), 0);
  assert.equal(state.sent, 0);
  state.backlog = 0;
  beatPlayout(out, 20);
  assert.equal(state.sent, 10);
});

test('an answer that nobody would listen to the end of is refused, not kept', () => {
  const wire = { audio: () => {}, mark: () => {}, flush: () => {}, clear: () => {}, backlog: () => 0 };
  const out = openPlayout(wire, { sent: () => {}, began: () => {}, over: () => {} });
  const said = beginAnswer(out, 'a', 0);
  const second = bytes(1, 0, 8_000).toString('base64');
  const taken = Array.from({ length: 200 }, () => playAudio(out, said, second, 0)).filter(Boolean).length;
  assert.ok(taken >= 120 && taken <= 122, `${taken} s were kept`);
});
