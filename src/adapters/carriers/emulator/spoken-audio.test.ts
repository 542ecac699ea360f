import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { audioToWords, bytesPerMs, frameBytes, silence, wordsToAudio, type Utterance } from './spoken-audio.ts';
import { spokenMs } from './voice.ts';

const sentence = 'Grüezi, I am an AI assistant 🙂.';

function heardIn(...pieces: readonly Buffer[]): Utterance[] {
  const ear = audioToWords();
  return pieces.flatMap((piece) => ear.hear(piece));
}

const pause = (ms: number) => Buffer.alloc(ms * bytesPerMs, silence);
const whole = (text: string): Utterance => ({ text, whole: true });

test('words are frames without silence that last as long as it takes to say them', () => {
  const audio = wordsToAudio(sentence);
  assert.equal(audio.length % frameBytes, 0);
  assert.ok(!audio.includes(silence));
  assert.ok(Math.abs(audio.length / bytesPerMs - spokenMs(sentence)) < 200);
});

test('whatever is said is understood, in pieces of any size and with silence anywhere', () => {
  const text = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), { maxLength: 4 });
  const cut = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 900 }), silentMs: fc.nat(30) }), { maxLength: 40 });
  fc.assert(
    fc.property(text, cut, (words, cuts) => {
      const said = words.join(' ').split(/\s+/).filter(Boolean).join(' ');
      const audio = wordsToAudio(said);
      const pieces: Buffer[] = [];
      let at = 0;
      for (const { bytes, silentMs } of cuts) {
        pieces.push(audio.subarray(at, at + bytes), pause(silentMs));
        at += bytes;
      }
      assert.deepEqual(heardIn(...pieces, audio.subarray(at)), [whole(said)]);
    }),
  );
});

test('what was cut off is read as far as it was played, word by word', () => {
  const audio = wordsToAudio('one two three four');
  const heard = (ms: number) => {
    const ear = audioToWords();
    assert.deepEqual(ear.hear(audio.subarray(0, ms * bytesPerMs)), []);
    return [ear.count(), ear.stop()?.text];
  };
  assert.deepEqual(heard(19), [0, '']);
  assert.deepEqual(heard(spokenMs('one two') - 20), [1, 'one']);
  assert.deepEqual(heard(spokenMs('one two ') + 40), [2, 'one two']);
  assert.deepEqual(heard((audio.length - frameBytes) / bytesPerMs), [4, 'one two three four']);
});

test('an utterance is open from its first frame to its last, and forgotten when stopped', () => {
  const ear = audioToWords();
  assert.deepEqual([ear.isOpen(), ear.stop()], [false, undefined]);
  ear.hear(wordsToAudio('hello').subarray(0, frameBytes));
  assert.ok(ear.isOpen());
  assert.deepEqual(ear.stop(), { text: '', whole: false });
  assert.ok(!ear.isOpen());
});

test('the next utterance, and sound that is none of ours, end one that was cut off', () => {
  const audio = wordsToAudio('one two three');
  const begun = audio.subarray(0, (spokenMs('one ') + 100) * bytesPerMs);
  assert.deepEqual(heardIn(begun, wordsToAudio('no')), [{ text: 'one', whole: false }, whole('no')]);
  assert.deepEqual(heardIn(begun, Buffer.from([0x80])), [{ text: 'one', whole: false }]);
});

test('a lost frame costs no more than the words it held', () => {
  const text = 'one two three';
  const audio = wordsToAudio(text);
  for (let at = 0; at < audio.length; at += frameBytes) {
    const heard = heardIn(audio.subarray(0, at), audio.subarray(at + frameBytes), wordsToAudio('next'));
    assert.deepEqual(heard.at(-1), whole('next'));
    const left = heard[0]?.text.split(' ') ?? [];
    assert.ok(left.length >= 2 && left.every((one) => text.includes(one)), `${at}: ${left.join(' ')}`);
  }
});

test('sound that is none of ours says nothing', () => {
  const noise = fc.uint8Array({ maxLength: 4_000 }).map((bytes) => Buffer.from(bytes));
  fc.assert(fc.property(noise, (audio) => assert.deepEqual(heardIn(audio, wordsToAudio('ok')), [whole('ok')])));
});
