import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openCardWatch, turnBegins, turnEnds, turnHeard } from './card-watch.ts';
import { openKeypad, press, pressedBefore, type Keyed } from './keypad.ts';
import { callerPlace, startStream } from './stream-time.ts';

/** Keys at their times; a digit of `0-9*#` or a pause in milliseconds. */
function keyedBy(keys: readonly (string | number)[]): readonly Keyed[] {
  const pad = openKeypad();
  const runs: Keyed[] = [];
  let now = 0;
  for (const key of [...keys, 3_000]) {
    if (typeof key === 'number') now += key;
    const run = typeof key === 'number' ? pressedBefore(pad, now) : press(pad, key, now);
    if (run) runs.push(run);
  }
  return runs;
}

test('no key is lost or told twice, a run ends with #, a pause or 32 digits', () => {
  const anyKeys = fc.array(fc.oneof(fc.constantFrom(...'0123456789*#'), fc.constantFrom(500, 2_600)), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(anyKeys, (keys) => {
      const runs = keyedBy(keys);
      const digits = keys.filter((key) => typeof key === 'string' && key !== '#').join('');
      assert.equal(runs.map((run) => run.digits).join(''), digits);
      assert.ok(runs.every((run) => run.digits.length <= 32 && run.digits.length > 0));
    }),
  );
  assert.deepEqual(
    keyedBy([...'12', 2_400, ...'3', 2_500, ...'4#5']).map(({ digits }) => digits),
    ['123', '4', '5'],
  );
});

test('a card number is known as one, in one run, with stars in it, and in the run that completes it', () => {
  const isCard = (...keys: string[]) => keyedBy(keys.flatMap((run) => [...run, '#'])).map((run) => run.isCard);
  assert.deepEqual(isCard('4111111111111111'), [true]);
  assert.deepEqual(isCard('4111*1111*1111*1111'), [true]);
  assert.deepEqual(isCard('4111', '1111', '1111', '1111', '1111'), [false, false, false, true, false]);
  assert.deepEqual(isCard('4155550132', '4155550132'), [false, false], 'a telephone number said twice');
});

test('a card number that is said in several breaths is found from its first one on', () => {
  const watch = openCardWatch();
  const say = (text: string, fromMs: number) => {
    turnBegins(watch, fromMs);
    turnEnds(watch, fromMs + 900);
    return turnHeard(watch, text, fromMs + 1_500);
  };
  assert.equal(say('My number is', 0), undefined);
  assert.equal(say('four one one one', 1_000), undefined);
  assert.equal(say('1111', 2_000), undefined);
  assert.equal(say('1111', 3_000), undefined);
  assert.deepEqual(say('1111', 4_000), { fromMs: 1_000, toMs: 4_900 });
  assert.equal(say('1111', 5_000), undefined);
  assert.deepEqual(say('4111 1111 1111 1111 it is', 6_000), { fromMs: 6_000, toMs: 6_900 });
});

test("a caller's frames have places of their own, whatever the carrier's clock says", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 100_000_000 }), { maxLength: 50 }), (stamps) => {
      const time = startStream(0);
      let now = 0;
      let before = -20;
      for (const atMs of stamps) {
        const place = callerPlace(time, atMs, (now += 20));
        assert.equal(place % 20, 0);
        assert.ok(place > before);
        assert.ok(place <= now + 1_020);
        before = place;
      }
    }),
  );
});
