import assert from 'node:assert/strict';
import { test } from 'node:test';
import { play } from './dialogue.ts';
import { englishAppointments } from './english-appointments.ts';
import { englishTalk } from './english-talk.ts';
import { spanish } from './spanish.ts';

const all = [...englishAppointments, ...englishTalk, ...spanish];

for (const dialogue of all) test(dialogue.promise, () => play(dialogue));

test('every dialogue guarantees something of its own', () => {
  assert.equal(new Set(all.map(({ promise }) => promise)).size, all.length);
});
