import assert from 'node:assert/strict';
import { test } from 'node:test';
import english from '../languages/en/index.ts';
import { fill } from '../phrases.ts';
import { replyOf } from '../reply.ts';
import type { Part, Scene } from '../scene.ts';
import { freshState, type State } from '../state.ts';
import { briefing, friday } from './desk.ts';

function scene(state: State): Scene {
  return {
    state,
    briefing,
    language: english,
    nowMs: friday,
    cast: { languages: [{ id: 'en', item: english }], skills: [] },
  };
}

test('a phrase with a single wording is never said in the very same way twice running', () => {
  const part: Part = { say: [{ phrase: 'fact', words: { answer: 'We are here.' } }], quiet: true };
  const texts: string[] = [];
  let state = freshState('en');
  for (let times = 0; times < 5; times++) {
    const reply = replyOf(scene(state), part);
    texts.push(reply.say.join(' '));
    state = reply.state as State;
  }
  for (const [at, text] of texts.entries()) assert.notEqual(text, texts[at - 1]);
  for (const text of texts) assert.match(text, /We are here\./);
});

test('a question put again is put in other words', () => {
  const first = replyOf(scene(freshState('en')), { ask: 'name' });
  const second = replyOf(scene(first.state as State), {});
  assert.notEqual(first.say.join(' '), second.say.join(' '));
  assert.match(second.say.join(' '), /name/);
});

test('while a tool runs no question is put, and end-call is asked for with the goodbye', () => {
  const looking = replyOf(scene(freshState('en')), { ask: 'name', use: { tool: 'find-mine', input: {} } });
  assert.deepEqual(looking.say, []);
  const bye = replyOf(scene(freshState('en')), { say: [{ phrase: 'bye', words: { business: 'Us' } }], end: true });
  assert.deepEqual(bye.use, { tool: 'end-call', input: {} });
  assert.match(bye.say.join(' '), /Goodbye/);
});

test('sentences end once, whatever is put into them', () => {
  assert.equal(fill('It says: {body}.', { body: 'Are you there?' }), 'It says: Are you there?');
  assert.equal(fill('left a message.[ It says: {body}.]', { body: '' }), 'Left a message.');
});

test("a caller's words are never read as a wording", () => {
  assert.equal(fill('Thank you[, {name}].', { name: '{business}[x]' }), 'Thank you, {business}[x].');
  assert.equal(fill('Thank you[, {name}].', { name: '' }), 'Thank you.');
  assert.equal(
    fill('nothing {onDay}.', { onDay: 'tomorrow, Saturday the 21st,' }),
    'Nothing tomorrow, Saturday the 21st.',
  );
});
