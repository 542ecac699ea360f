import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { manualClock } from '#base';
import { keepTranscripts } from '../speech/transcripts.ts';

function transcripts() {
  const clock = manualClock(0);
  const heard: string[] = [];
  return { clock, heard, kept: keepTranscripts(clock, (text) => void heard.push(text)) };
}

test('words are told in the order of the conversation, in whatever order they are understood', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 8 })
        .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count })),
      (order) => {
        const { heard, kept } = transcripts();
        const items = [...order.keys()];
        for (const at of items) kept.committed(`item-${at}`, at === 0 ? undefined : `answer-${at - 1}`);
        for (const at of order) kept.transcribed(`item-${at}`, `words ${at}`);
        assert.deepEqual(
          heard,
          items.map((at) => `words ${at}`),
        );
      },
    ),
  );
});

test('turns stand where the vendor puts them, in whatever order they are told', () => {
  const { heard, kept } = transcripts();
  kept.committed('third', 'second');
  kept.committed('second', 'first');
  kept.committed('first', undefined);
  for (const item of ['third', 'second', 'first']) kept.transcribed(item, item);
  assert.deepEqual(heard, ['first', 'second', 'third']);
});

test('words that are understood before their turn is told are not lost, nor told twice', () => {
  const { heard, kept } = transcripts();
  kept.transcribed('a', 'early');
  kept.committed('a', undefined);
  kept.transcribed('a', 'early');
  kept.committed('b', 'a');
  kept.transcribed('b', 'next');
  assert.deepEqual(heard, ['early', 'next']);
});

test('what was not understood is told as that, and holds nothing up', () => {
  const { heard, kept } = transcripts();
  kept.committed('a', undefined);
  kept.committed('b', 'a');
  kept.transcribed('b', 'hello');
  kept.transcribed('a', '');
  assert.deepEqual(heard, ['', 'hello']);
});

test('words that never come are given up after ten seconds, and told late if they come after all', () => {
  const { clock, heard, kept } = transcripts();
  kept.committed('a', undefined);
  clock.advance(4_000);
  kept.committed('b', 'a');
  kept.transcribed('b', 'second');
  clock.advance(5_999);
  assert.deepEqual(heard, []);
  clock.advance(1);
  assert.deepEqual(heard, ['', 'second']);
  kept.transcribed('a', 'first after all');
  assert.deepEqual(heard, ['', 'second', 'first after all']);
});

test('at the end everything understood is told, and nothing after it', () => {
  const { clock, heard, kept } = transcripts();
  kept.committed('a', undefined);
  kept.committed('b', 'a');
  kept.transcribed('b', 'known');
  kept.end();
  clock.advance(60_000);
  assert.deepEqual(heard, ['known']);
});
