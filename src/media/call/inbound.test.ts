import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { frameMs, silentFrame } from './audio.ts';
import {
  arrivalOf,
  beatInbound,
  connectInbound,
  disconnectInbound,
  isTooSlow,
  openInbound,
  takeFrame,
} from './inbound.ts';
import { frameAt, keptFrames } from './kept-audio.ts';
import { isLoud } from './loudness.ts';

function frame(n: number): string {
  const bytes = Buffer.alloc(160, 0x20);
  bytes.writeUInt32BE(n);
  return bytes.toString('base64');
}

function session() {
  const heard: string[] = [];
  const state = { backlog: 0 };
  return { heard, state, hear: (payload: string) => void heard.push(payload), backlog: () => state.backlog };
}

/** Steps of 20 ms: whether the carrier's frame comes in time, comes late together with the next, or is lost. */
const anyFates = fc.array(fc.constantFrom('comes', 'comes', 'comes', 'comes', 'late', 'lost'), { maxLength: 200 });

test('every frame reaches the model once, untouched and in order, and every gap is filled with silence as time passes', () => {
  fc.assert(
    fc.property(anyFates, (fates) => {
      const into = openInbound(0);
      const model = session();
      connectInbound(into, model, 0);
      let late: number[] = [];
      const passed: number[] = [];
      let now = 0;
      fates.forEach((fate, n) => {
        now = n * frameMs;
        if (fate === 'late') late.push(n);
        if (fate === 'comes') {
          for (const one of [...late, n]) {
            takeFrame(into, frame(one), one * frameMs, now);
            passed.push(one);
          }
          late = [];
        }
        beatInbound(into, now);
        assert.ok(model.heard.length <= n + 1 + into.filled, 'more than time has passed');
      });
      assert.deepEqual(
        model.heard.filter((payload) => payload !== silentFrame),
        passed.map(frame),
      );
      // From the first frame on, what was given to the model is never much shorter than the time that has passed.
      const first = passed[0] ?? fates.length;
      const due = fates.length - first - 1;
      assert.ok(model.heard.length * frameMs >= due * frameMs - 60, `${model.heard.length} frames for ${due}`);
    }),
  );
});

test('a jump of the carrier is filled to its full length, but never ahead of time by more than a second', () => {
  const into = openInbound(0);
  const model = session();
  connectInbound(into, model, 0);
  takeFrame(into, frame(0), 0, 0);
  assert.equal(takeFrame(into, frame(1), 120, 20), 5);
  assert.equal(takeFrame(into, frame(2), 10_000_000, 40), 50);
  assert.equal(takeFrame(into, frame(3), 10_000_020, 60), 0);
  assert.equal(model.heard.length, 59);
});

test('what comes before the model listens is kept and handed over, as far back as is asked for and kept', () => {
  const into = openInbound(0);
  for (let n = 0; n < 400; n += 1) takeFrame(into, frame(n), n * frameMs, n * frameMs);
  const model = session();
  connectInbound(into, model, into.kept.next - 150);
  assert.deepEqual(
    model.heard,
    Array.from({ length: 150 }, (_, at) => frame(250 + at)),
  );
  assert.equal(into.dropped, 250);
  disconnectInbound(into);
  const next = session();
  connectInbound(into, next, 0);
  assert.equal(next.heard.length, keptFrames);
});

test('frames of another length than the carrier usually sends are kept and handed over as well', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 50 }),
      (pieces) => {
        const into = openInbound(0);
        const payloads = pieces.map((piece) => Buffer.from(piece).toString('base64'));
        let atMs = 0;
        payloads.forEach((payload, n) => {
          takeFrame(into, payload, atMs, n * frameMs);
          atMs += pieces[n]!.length / 8;
        });
        const model = session();
        connectInbound(into, model, 0);
        assert.deepEqual(model.heard, payloads);
      },
    ),
  );
});

test('a model that does not take its audio hears what is said now, and is too slow in the end', () => {
  const into = openInbound(0);
  const model = session();
  connectInbound(into, model, 0);
  const say = (from: number, to: number) => {
    for (let n = from; n < to; n += 1) {
      takeFrame(into, frame(n), n * frameMs, n * frameMs);
      beatInbound(into, n * frameMs);
    }
  };
  say(0, 10);
  model.state.backlog = 300_000;
  say(10, 190);
  assert.ok(model.heard.length < 21);
  assert.equal(isTooSlow(into, 190 * frameMs), false);
  model.state.backlog = 0;
  say(190, 191);
  assert.equal(model.heard.at(-1), frame(190));
  assert.equal(model.heard.at(-150), frame(41), 'the last three seconds');
  assert.equal(into.dropped + model.heard.length, 191);
  assert.ok(into.dropped >= 20);
  model.state.backlog = 300_000;
  say(191, 420);
  assert.equal(isTooSlow(into, 420 * frameMs), true);
});

test('the end of speech is found where its frame arrived, also after silence was filled in and audio was heard again', () => {
  const into = openInbound(0);
  const first = session();
  connectInbound(into, first, 0);
  for (let n = 0; n < 50; n += 1) takeFrame(into, frame(n), n * frameMs, n * frameMs + 7);
  assert.equal(arrivalOf(into, 400), 19 * frameMs + 7, 'the frame that ends at 400 ms');
  assert.equal(arrivalOf(into, 401), 20 * frameMs + 7);
  takeFrame(into, frame(55), 55 * frameMs, 1_200);
  assert.equal(arrivalOf(into, 56 * frameMs), 1_200);
  assert.equal(arrivalOf(into, 999_999), 1_200, 'not later than the newest');
  disconnectInbound(into);
  connectInbound(into, session(), 40);
  assert.equal(arrivalOf(into, 20), 40 * frameMs + 7, 'the new session counts anew');
  assert.equal(frameAt(into.kept, 40), frame(40));
});

test('speech is told from a quiet line without decoding', () => {
  const tone = (loudest: number) =>
    Buffer.from(Uint8Array.from({ length: 160 }, (_, at) => segmentByte(loudest * Math.abs(Math.sin(at / 3)))));
  // µ-law of a magnitude in 14 bits.
  const segmentByte = (magnitude: number) => {
    const biased = magnitude + 33;
    const segment = Math.max(0, Math.floor(Math.log2(biased)) - 5);
    return ~((segment << 4) | ((biased >> (segment + 1)) & 15)) & 0xff;
  };
  assert.equal(isLoud(silentFrame), false);
  assert.equal(isLoud(tone(60).toString('base64')), false, 'a humming line');
  assert.equal(isLoud(tone(1_500).toString('base64')), true, 'someone speaks');
  assert.equal(isLoud(''), false);
});
