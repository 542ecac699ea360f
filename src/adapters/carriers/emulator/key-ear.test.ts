import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openKeyEar } from './key-ear.ts';
import { silence, wordsToAudio } from './spoken-audio.ts';

const rows = [697, 770, 852, 941];
const columns = [1_209, 1_336, 1_477, 1_633];
const keypad = '123A456B789C*0#D';

/** µ-law by its definition: the code whose sample is nearest (ITU-T G.711). */
const codes = Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return { code, sample: bits & 0x80 ? -magnitude : magnitude };
}).toSorted((a, b) => a.sample - b.sample);

function toMuLaw(sample: number): number {
  const at = codes.findIndex((one) => one.sample >= sample);
  const [below, above] = [codes[Math.max(0, at - 1)]!, codes[at < 0 ? 255 : at]!];
  return sample - below.sample < above.sample - sample ? below.code : above.code;
}

type Sound = { readonly hertz: readonly (readonly [frequency: number, amplitude: number])[]; readonly ms: number };

function sound({ hertz, ms }: Sound): Buffer {
  const wave = (at: number) =>
    hertz.reduce(
      (sum, [frequency, amplitude]) => sum + amplitude * Math.sin((2 * Math.PI * frequency * at) / 8_000),
      0,
    );
  return Buffer.from(Array.from({ length: ms * 8 }, (_, at) => toMuLaw(wave(at))));
}

function key(name: string, ms: number, [low, high] = [8_000, 8_000], drift = 0): Buffer {
  const at = keypad.indexOf(name);
  const [row, column] = [rows[at >> 2]! * (1 + drift), columns[at & 3]! * (1 - drift)];
  return sound({
    hertz: [
      [row, low],
      [column, high],
    ],
    ms,
  });
}

const quiet = (ms: number) => Buffer.alloc(ms * 8, silence);

function heardIn(...audio: readonly Buffer[]): string {
  return openKeyEar().hear(Buffer.concat(audio));
}

test('every key is heard once, as itself, however the audio is cut', () => {
  const audio = Buffer.concat([...keypad].flatMap((name) => [quiet(90), key(name, 90)]));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4_000 }), fc.nat({ max: 300 }), (size, before) => {
      const ear = openKeyEar();
      const all = Buffer.concat([Buffer.alloc(before, silence), audio]);
      let heard = '';
      for (let at = 0; at < all.length; at += size) heard += ear.hear(all.subarray(at, at + size));
      assert.equal(heard, keypad);
    }),
  );
});

test('the same key is heard again only after a pause', () => {
  assert.equal(heardIn(key('5', 400), quiet(100), key('5', 100), quiet(100)), '55');
  assert.equal(heardIn(key('5', 100), key('6', 100)), '56');
});

test('keys a little off their tones, unequal in level or soft are heard; what is far off is none', () => {
  assert.equal(heardIn(quiet(50), key('8', 100, [8_000, 8_000], 0.015)), '8');
  assert.equal(heardIn(quiet(50), key('8', 100, [4_000, 8_000])), '8');
  assert.equal(heardIn(quiet(50), key('8', 100, [1_500, 1_500])), '8');
  assert.equal(heardIn(quiet(50), key('8', 100, [8_000, 8_000], 0.035)), '');
  assert.equal(heardIn(quiet(50), key('8', 100, [1_500, 12_000])), '');
  assert.equal(heardIn(quiet(50), key('8', 100, [300, 300])), '');
  assert.equal(heardIn(quiet(50), key('8', 20), quiet(50)), '');
});

test('one tone, three tones, words and noise are no keys', () => {
  const loud = 8_000;
  assert.equal(heardIn(sound({ hertz: [[770, loud]], ms: 300 })), '');
  assert.equal(
    heardIn(
      sound({
        hertz: [
          [770, loud],
          [852, loud],
          [1_336, loud],
        ],
        ms: 300,
      }),
    ),
    '',
  );
  assert.equal(heardIn(wordsToAudio('There is free parking behind the building.')), '');
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 2_000, maxLength: 2_000 }), (noise) => heardIn(Buffer.from(noise)) === ''),
  );
});
