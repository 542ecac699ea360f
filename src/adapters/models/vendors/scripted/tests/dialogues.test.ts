import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialogues } from './all.ts';
import { play } from './dialogue.ts';

for (const dialogue of dialogues) test(`the receptionist: ${dialogue.promise}`, () => play(dialogue));

test('every dialogue guarantees something of its own', () => {
  assert.equal(new Set(dialogues.map(({ promise }) => promise)).size, dialogues.length);
});
