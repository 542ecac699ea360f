import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardMark } from '#base';
import { wordsOf } from './words.ts';

test('what is said and heard in one step is one entry, as it is known in the end', () => {
  const { entries, known } = wordsOf([
    { do: 'acknowledge', seq: 3, heard: 'Good day.' },
    { do: 'spoke', seq: 4, text: 'How can I help?' },
    { do: 'acknowledge', seq: 4, heard: 'How can' },
    { do: 'note', seq: 5, text: 'one two three four', kind: 'speech' },
    { do: 'mask', seq: 5 },
    { do: 'press', seq: 6, digits: '1' },
  ]);
  assert.deepEqual(entries, [
    { seq: 4, speaker: 'agent', kind: 'speech', meant: 'How can I help?', heard: 'How can' },
    { seq: 5, speaker: 'caller', kind: 'speech', heard: cardMark },
    { seq: 6, speaker: 'agent', kind: 'digits', meant: '1' },
  ]);
  assert.deepEqual([...known], [[3, 'Good day.']]);
});

test('of an earlier entry, what is known last counts', () => {
  const { entries, known } = wordsOf([
    { do: 'acknowledge', seq: 3, heard: '' },
    { do: 'mask', seq: 3 },
  ]);
  assert.deepEqual([entries, [...known]], [[], [[3, cardMark]]]);
});
