import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Happening } from '../desk.ts';
import { heardPart } from './heard-part.ts';
import { newSaid, type Said } from './said.ts';
import {
  answerBegan,
  answerOver,
  answerWords,
  callerKeyed,
  callerTurn,
  callerWords,
  historyOf,
  openScript,
  tellAll,
  tellOn,
  toolAnswered,
  toolAsked,
} from './script.ts';

function open(before: Parameters<typeof openScript>[0] = []) {
  const told: Happening[] = [];
  return { told, script: openScript(before, (happening) => void told.push(happening)) };
}

function said(generation: number, ms: number): Said {
  return { ...newSaid(generation, `a${generation}`), receivedBytes: ms * 8 };
}

test('words are told in the order of the conversation, also when the transcript comes after the answer', () => {
  const { told, script } = open();
  const answer = said(1, 1_000);
  callerTurn(script, 0);
  answerBegan(script, answer);
  answerWords(script, answer, { text: 'Until five.', isWhole: true }, 100);
  answerOver(script, answer, { playedMs: 1_000, isWhole: true }, 900);
  assert.deepEqual(told, []);
  callerWords(script, 'How long are you open?', 1_000);
  assert.deepEqual(told, [
    { type: 'heard', text: 'How long are you open?' },
    { type: 'spoke', text: 'Until five.' },
    { type: 'played', text: 'Until five.' },
  ]);
});

test('words that never come hold up the others for a while and not for ever', () => {
  const { told, script } = open();
  const answer = said(1, 1_000);
  callerTurn(script, 0);
  answerBegan(script, answer);
  answerWords(script, answer, { text: 'Until five.', isWhole: true }, 100);
  tellOn(script, 2_900);
  assert.deepEqual(told, []);
  tellOn(script, 3_000);
  assert.deepEqual(told, [{ type: 'spoke', text: 'Until five.' }]);
  callerWords(script, 'How long?', 5_000);
  assert.deepEqual(told.at(-1), { type: 'heard', text: 'How long?' }, 'late words are better than none');
});

test('of an answer that was cut, the words that were heard are told, also when the text comes after the cut', () => {
  const { told, script } = open();
  const answer = said(1, 2_000);
  answerBegan(script, answer);
  answerOver(script, answer, { playedMs: 1_000, isWhole: false }, 0);
  callerTurn(script, 100);
  callerWords(script, 'Wait.', 200);
  assert.deepEqual(told, []);
  answerWords(script, answer, { text: 'We open at nine in the morning.', isWhole: true }, 300);
  assert.deepEqual(told, [
    { type: 'spoke', text: 'We open at nine in the morning.' },
    { type: 'interrupted', heard: 'We open at nine' },
    { type: 'heard', text: 'Wait.' },
  ]);
});

test('of an answer whose words nobody knows, nothing counts as heard', () => {
  const { told, script } = open();
  const answer = said(1, 2_000);
  answerBegan(script, answer);
  answerOver(script, answer, { playedMs: 1_900, isWhole: false }, 0);
  tellOn(script, 999);
  assert.deepEqual(told, []);
  tellOn(script, 1_000);
  assert.deepEqual(told, [{ type: 'interrupted', heard: '' }]);
  answerWords(script, answer, { text: 'Too late.', isWhole: true }, 1_100);
  assert.equal(told.length, 1);
});

test('the history holds what was heard and done, in order, and no more than a hundred items', () => {
  const { script } = open([{ by: 'agent', text: 'Good morning.' }]);
  const [whole, cut, unheard] = [said(1, 1_000), said(2, 2_000), said(3, 500)];
  for (const answer of [whole, cut, unheard]) answerBegan(script, answer);
  answerWords(script, whole, { text: 'Yes.', isWhole: true }, 0);
  answerWords(script, cut, { text: 'We open at nine in the morning.', isWhole: true }, 0);
  answerWords(script, unheard, { text: 'Anything else?', isWhole: true }, 0);
  answerOver(script, whole, { playedMs: 1_000, isWhole: true }, 0);
  answerOver(script, cut, { playedMs: 1_000, isWhole: false }, 0);
  answerOver(script, unheard, { playedMs: 0, isWhole: false }, 0);
  callerTurn(script, 0);
  callerWords(script, 'Book it.', 0);
  toolAsked(script, { callId: 't1', tool: 'book', input: '{}' });
  toolAsked(script, { callId: 't2', tool: 'book', input: '{}' });
  assert.equal(toolAnswered(script, 't1', '{"ok":true}'), true);
  assert.equal(toolAnswered(script, 't1', '{"ok":false}'), false, 'a result counts once');
  assert.equal(toolAnswered(script, 't3', '{"ok":true}'), false);
  callerKeyed(script, '(keyed 1)', 0);
  assert.deepEqual(historyOf(script), [
    { by: 'agent', text: 'Good morning.' },
    { by: 'agent', text: 'Yes.' },
    { by: 'agent', text: 'We open at nine' },
    { by: 'caller', text: 'Book it.' },
    { by: 'tool', callId: 't1', tool: 'book', input: '{}', result: '{"ok":true}' },
    { by: 'caller', text: '(keyed 1)' },
  ]);
  for (let turn = 0; turn < 300; turn += 1) {
    callerTurn(script, 0);
    callerWords(script, `words ${turn}`, 0);
  }
  assert.equal(historyOf(script).length, 100);
  assert.deepEqual(historyOf(script).at(-1), { by: 'caller', text: 'words 299' });
  assert.ok(script.lines.length <= 100);
});

type Deed = { readonly do: 'turn' | 'words' | 'answer' | 'text' | 'end' | 'cut' | 'pass'; readonly which: number };
const anyDeed: fc.Arbitrary<Deed> = fc.record({
  do: fc.constantFrom<Deed['do']>('turn', 'words', 'answer', 'text', 'end', 'cut', 'pass'),
  which: fc.nat({ max: 3 }),
});

/** Plays the deeds to the end of a call; returns what was told, and how often the caller's words came. */
function perform(deeds: readonly Deed[]) {
  const { told, script } = open();
  const answers: Said[] = [];
  let now = 0;
  let words = 0;
  const over = (answer: Said, isWhole: boolean) =>
    answerOver(script, answer, { playedMs: isWhole ? 1_000 : 0, isWhole }, now);
  const begin = () => {
    answers.push(said(answers.length + 1, 1_000));
    answerBegan(script, answers.at(-1)!);
  };
  for (const one of deeds) {
    now += 10;
    // Of the newest answers something is still to come.
    const answer = answers.at(-1 - one.which);
    if (one.do === 'turn') callerTurn(script, now);
    if (one.do === 'words') callerWords(script, `w${(words += 1)}`, now);
    if (one.do === 'pass') tellOn(script, (now += one.which * 700));
    if (one.do === 'answer') begin();
    if (answer && one.do === 'text') answerWords(script, answer, { text: `a${answer.generation}`, isWhole: true }, now);
    if (answer && (one.do === 'end' || one.do === 'cut')) over(answer, one.do === 'end');
  }
  tellAll(script);
  return { told, words };
}

test('whatever comes late or never: no words are told twice, an answer is over once and before the next one is told', () => {
  fc.assert(
    fc.property(fc.array(anyDeed, { maxLength: 60 }), (deeds) => {
      const { told, words } = perform(deeds);
      const heard = told.flatMap((one) => (one.type === 'heard' ? [one.text] : []));
      const spoken = told.flatMap((one) => (one.type === 'spoke' ? [one.text] : []));
      assert.equal(new Set(heard).size, words, 'no words of the caller are lost');
      assert.equal(heard.length, words);
      assert.equal(new Set(spoken).size, spoken.length);
      let isOpen = false;
      for (const { type } of told) {
        if (type === 'spoke') assert.equal(isOpen, false, 'told before the one before it was over');
        if (type === 'played') assert.equal(isOpen, true);
        isOpen = type === 'spoke' || (isOpen && type === 'heard');
      }
      assert.equal(isOpen, false, 'an answer that was told is told to be over');
    }),
    { numRuns: 500 },
  );
});

test('what was heard ends with a word, grows with what was played and never claims more', () => {
  const text = 'We open at nine in the morning and close at five.';
  fc.assert(
    fc.property(fc.nat({ max: 5_000 }), fc.nat({ max: 5_000 }), fc.nat({ max: 5_000 }), (a, b, ms) => {
      const [less, more] = [a, b]
        .toSorted((x, y) => x - y)
        .map((playedMs) => heardPart(text, { playedMs, ms, isAll: true }));
      assert.ok(text.startsWith(more!) && more!.startsWith(less!));
      assert.ok(more!.length <= (text.length * Math.min(Math.max(a, b), ms)) / Math.max(1, ms));
    }),
  );
  assert.equal(heardPart(text, { playedMs: 500, ms: 1_000, isAll: true }), 'We open at nine in the');
  assert.equal(heardPart(text, { playedMs: 1_000, ms: 1_000, isAll: true }), text);
  assert.equal(heardPart(text, { playedMs: 500, ms: 500, isAll: false }), 'We open at', 'the text may be ahead');
  assert.equal(
    heardPart('午前九時に開きます。', { playedMs: 500, ms: 1_000, isAll: true }),
    '午前九時に',
    'no spaces needed',
  );
});
