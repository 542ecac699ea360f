import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFrame } from './audio.ts';
import { momentTone, toMuLaw } from './tone.ts';

/** The 16-bit sample that a µ-law code stands for (ITU-T G.711), as a listener computes it. */
function fromMuLaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7);
  return (bits & 0x80 ? -1 : 1) * (magnitude - 0x84);
}

test('µ-law is that of G.711: silence, both ends, and every code for what it stands for', () => {
  assert.equal(toMuLaw(0), 0xff);
  assert.equal(toMuLaw(32_767), 0x80);
  assert.equal(toMuLaw(-32_768), 0x00);
  for (let code = 0; code < 256; code += 1) {
    if (code !== 0x7f) assert.equal(toMuLaw(fromMuLaw(code)), code);
  }
});

test('a sample is coded as near as its segment allows', () => {
  fc.assert(
    fc.property(fc.integer({ min: -32_000, max: 32_000 }), (sample) => {
      const step = 2 ** Math.max(3, Math.floor(Math.log2(Math.abs(sample) + 0x84)) - 4);
      assert.ok(Math.abs(fromMuLaw(toMuLaw(sample)) - sample) <= step);
    }),
  );
});

test('"one moment" is two soft notes of a third of a second, which begin and end without a click', () => {
  const frames = momentTone();
  assert.ok(frames.every(isFrame));
  const samples = frames.flatMap((frame) => [...Buffer.from(frame, 'base64')].map(fromMuLaw));
  assert.ok(samples.length / 8 >= 280 && samples.length / 8 <= 340);
  assert.ok(Math.max(...samples.map(Math.abs)) < 2_100);
  assert.ok(Math.max(...samples.map(Math.abs)) > 1_500);
  assert.ok(Math.abs(samples[0]!) < 10 && Math.abs(samples.at(-1)!) < 100);
  const half = samples.length / 2;
  const crossings = (part: number[]) => part.filter((one, at) => at > 0 && one < 0 !== part[at - 1]! < 0).length;
  assert.ok(crossings(samples.slice(0, half)) > crossings(samples.slice(half)), 'the second note is lower');
});
