import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#base';
import { openVoice, spokenMs } from './voice.ts';

function speaking(speed = 1) {
  const clock = manualClock(0);
  const played: string[] = [];
  const finished: { text: string; startedAt: number; afterMs: number }[] = [];
  const voice = openVoice(
    { clock, speed },
    {
      played: (text) => played.push(text),
      finished: (heard) => finished.push(heard),
      changed() {},
    },
  );
  const queue = (text: string, last = true) => voice.queue({ text, last, interruptible: true });
  return { clock, played, finished, voice, queue };
}

test('pieces up to the last one make one utterance, told sentence by sentence', () => {
  const { clock, played, finished, voice, queue } = speaking();
  queue('One two. Three', false);
  clock.advance(5_000);
  assert.deepEqual([played, finished, voice.wordsHeard()], [['One two.'], [], 3]);
  queue('four.');
  clock.advance(5_000);
  assert.deepEqual(played, ['One two.', 'Three four.']);
  assert.deepEqual(
    finished.map(({ text }) => text),
    ['One two. Three four.'],
  );
  assert.equal(voice.isPlaying(), false);
});

test('utterances wait for each other, each as long as its words take', () => {
  const { clock, finished, queue } = speaking();
  queue('aaaa');
  queue('bbbb');
  clock.advance(spokenMs('aaaa bbbb '));
  assert.deepEqual(
    finished.map(({ text, startedAt }) => [text, Math.round(startedAt)]),
    [
      ['aaaa', 0],
      ['bbbb', 333],
    ],
  );
});

test('what is cut off tells the words heard and the time they took, and takes the queue with it', () => {
  const { clock, finished, voice, queue } = speaking(10);
  queue('one two three four');
  queue('never spoken');
  clock.advance(spokenMs('one two ') / 10);
  assert.deepEqual(voice.stop(), { text: 'one two', startedAt: 0, afterMs: Math.round(spokenMs('one two ')) });
  clock.advance(60_000);
  assert.deepEqual(finished, []);
  assert.equal(voice.stop(), undefined);
});

test('an utterance without words passes in silence and is never heard', () => {
  const { clock, played, finished, voice, queue } = speaking();
  queue('  ');
  clock.advance(1_000);
  assert.deepEqual([played, finished, voice.isPlaying()], [[], [], false]);
});
