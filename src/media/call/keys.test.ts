import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, giveAnswer, voice, type Scene } from '../../../test/live-scene.ts';
import { isFrame, silentFrame } from './audio.ts';
import { keyFrames } from './keys.ts';

const pairs: Readonly<Record<string, readonly [low: number, high: number]>> = {
  '1': [697, 1209],
  '2': [697, 1336],
  '3': [697, 1477],
  'A': [697, 1633],
  '4': [770, 1209],
  '5': [770, 1336],
  '6': [770, 1477],
  'B': [770, 1633],
  '7': [852, 1209],
  '8': [852, 1336],
  '9': [852, 1477],
  'C': [852, 1633],
  '*': [941, 1209],
  '0': [941, 1336],
  '#': [941, 1477],
  'D': [941, 1633],
};
const hertz = [697, 770, 852, 941, 1209, 1336, 1477, 1633];

/** 16-bit samples as a listener computes them (ITU-T G.711). */
function samplesOf(frames: readonly string[]): readonly number[] {
  return frames.flatMap((frame) =>
    [...Buffer.from(frame, 'base64')].map((code) => {
      const bits = ~code & 0xff;
      const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
      return bits & 0x80 ? -magnitude : magnitude;
    }),
  );
}

/** Level of one frequency in dBm0, by Goertzel under a Hann window; a sine at the end of the scale is 3.17 dBm0. */
function levelOf(samples: readonly number[], frequency: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / 8_000);
  let [before, last] = [0, 0];
  const { length } = samples;
  samples.forEach((sample, at) => {
    const seen = sample * (1 - Math.cos((2 * Math.PI * (at + 0.5)) / length));
    [before, last] = [last, seen + turn * last - before];
  });
  const power = last * last + before * before - turn * last * before;
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / length;
  return 20 * Math.log10(Math.max(amplitude, 1e-6) / 32_124) + 3.17;
}

test('every key is its two tones, each between -10 and -6 dBm0, and nothing near the others', () => {
  for (const [key, pair] of Object.entries(pairs)) {
    const frames = keyFrames(key);
    assert.ok(frames.every(isFrame), key);
    // 5 ms at both ends belong to the fading.
    const tone = samplesOf(frames.slice(5, 10)).slice(40, -40);
    for (const frequency of hertz) {
      const level = levelOf(tone, frequency);
      if (pair.includes(frequency)) assert.ok(level > -10 && level < -6, `${key}: ${frequency} at ${level}`);
      else assert.ok(level < -40, `${key}: ${frequency} at ${level}`);
    }
    const twist = levelOf(tone, pair[1]) - levelOf(tone, pair[0]);
    assert.ok(twist > 1 && twist < 3, `${key}: the higher tone is ${twist} dB louder`);
    assert.ok(Math.max(...tone.map(Math.abs)) < 20_000, `${key} is far from the end of the scale`);
  }
});

test('a key sounds for 100 ms between 100 ms of silence, and a wait is half a second', () => {
  const isSilent = (frames: readonly string[]) => frames.every((frame) => frame === silentFrame);
  const sound = (frames: readonly string[]) => frames.map((frame) => (frame === silentFrame ? '.' : '!')).join('');
  const pause = '.'.repeat(5);
  const tone = '!'.repeat(5);
  assert.equal(sound(keyFrames('1')), pause + tone + pause);
  assert.equal(sound(keyFrames('12')), pause + tone + pause + tone + pause);
  assert.equal(sound(keyFrames('1w2')), pause + tone + pause + '.'.repeat(25) + tone + pause);
  assert.ok(isSilent(keyFrames('ww')));
  assert.equal(keyFrames('ww').length, 55);
  assert.equal(keyFrames('0123456789*#ABCD').length, 5 + 16 * 10);
});

test('a key begins and ends without a click', () => {
  for (const key of Object.keys(pairs)) {
    const tone = samplesOf(keyFrames(key).slice(5, 10));
    for (const edge of [tone.slice(0, 4), tone.slice(-4)]) {
      assert.ok(Math.max(...edge.map(Math.abs)) < 1_000, `${key} starts and stops softly`);
    }
  }
});

const press = ({ call }: Scene, digits: string) => call.order({ do: 'press', digits });
const heardBy = ({ carrier }: Scene) => carrier.frames.filter(({ isCleared }) => !isCleared).map((one) => one.payload);

test('keys follow what is being said, and what the model says next waits for their end', () => {
  const scene = begun();
  giveAnswer(scene.session, 'a1', 1_000, 'I press one for you.');
  press(scene, '1#');
  giveAnswer(scene.session, 'a2', 400, 'Done.');
  scene.caller.isSilent(3_000);
  const answer = (ms: number) => {
    const audio = voice(1, 0, ms);
    return Array.from({ length: ms / 20 }, (_, at) => audio.toString('base64', at * 160, (at + 1) * 160));
  };
  assert.deepEqual(heardBy(scene), [...answer(1_000), ...keyFrames('1#'), ...answer(400)]);
  assert.ok(scene.carrier.mostAheadMs <= 400);
});

test('an answer whose audio is still coming is said to its end before the keys', () => {
  const scene = begun();
  const { tell } = scene.session;
  tell.answering('a1');
  tell.audio('a1', voice(1, 0, 400).toString('base64'));
  press(scene, '5');
  scene.caller.isSilent(200);
  tell.audio('a1', voice(1, 400, 400).toString('base64'));
  tell.answered('a1', 'One moment please.', true);
  scene.caller.isSilent(2_000);
  const audio = Buffer.concat([voice(1, 0, 400), voice(1, 400, 400)]);
  const heard = heardBy(scene);
  assert.deepEqual(Buffer.concat(heard.slice(0, 40).map((one) => Buffer.from(one, 'base64'))), audio);
  assert.deepEqual(heard.slice(40), keyFrames('5'));
});

test('a menu that goes on talking cuts the words before and behind the keys, never the keys', () => {
  for (const afterMs of [100, 500, 900, 1_200, 1_700]) {
    const scene = begun();
    giveAnswer(scene.session, 'a1', 600, 'I press it for you.');
    press(scene, '12w#');
    giveAnswer(scene.session, 'a2', 2_000, 'And now we wait for somebody to come.');
    scene.caller.isSilent(afterMs);
    scene.session.tell.callerBegan(afterMs);
    scene.caller.speaks(3_000);
    const heard = heardBy(scene);
    const keys = keyFrames('12w#');
    const from = heard.findIndex((_, at) => keys.every((frame, n) => heard[at + n] === frame));
    assert.ok(from >= 0, `${afterMs}: all keys in one piece`);
    const behind = heard.length - from - keys.length;
    assert.ok(behind <= (afterMs < 1_500 ? 0 : 15), `${afterMs}: of the cut answer at most what lay at the carrier`);
  }
});

test('who leaves after pressing keys lets them be heard first', () => {
  const scene = begun();
  press(scene, '12345678');
  scene.call.order({ do: 'leave' });
  scene.caller.isSilent(3_000);
  assert.deepEqual(heardBy(scene), keyFrames('12345678'));
  assert.equal(scene.carrier.closedWith, 1000);
  assert.deepEqual(scene.told.at(-2), { type: 'drained' });
});

test('while long keys sound nobody asks whether the caller is there, and the model is not taken for lost', () => {
  const scene = begun();
  press(scene, 'w'.repeat(20));
  scene.caller.isSilent(10_000);
  assert.ok(!scene.told.some(({ type }) => type === 'quiet' || type === 'model-lost'));
  assert.equal(scene.call.stats().tones, 0);
  scene.caller.isSilent(8_500);
  assert.ok(scene.told.some(({ type }) => type === 'quiet'));
});
