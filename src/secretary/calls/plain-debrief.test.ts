import assert from 'node:assert/strict';
import { test } from 'node:test';
import { officeHours } from '../../../test/rows.ts';
import { plainDebrief } from './plain-debrief.ts';

const briefing = {
  business: 'Elm Dental',
  agent: 'Robin',
  greeting: 'Hello.',
  timeZone: 'UTC',
  hours: officeHours,
  facts: [],
  visitMinutes: 30,
  canTransfer: false,
  language: 'en-US',
};
const call = { state: null, briefing, now: 0, done: [], transcript: [] };
const words = [
  { speaker: 'agent', text: 'How can I help?' },
  { speaker: 'caller', text: 'My crown is loose.' },
] as const;

test('without a model a call still tells what was done and what the caller said, and is a lead', () => {
  const { outcome, summary, isLead, extraction } = plainDebrief(
    { ...call, transcript: words, done: ['find-slot', 'book'] },
    'en-US',
  );
  assert.deepEqual([outcome, isLead], ['appointment-booked', true]);
  assert.equal(summary, 'The caller said: My crown is loose.');
  assert.deepEqual(extraction, { language: 'en-US', reason: 'My crown is loose.' });
});

test('a call without words is no lead, and neither is someone who wants no calls', () => {
  assert.deepEqual(plainDebrief(call, 'es').isLead, false);
  assert.equal(plainDebrief(call, 'es').outcome, 'abandoned');
  assert.equal(plainDebrief({ ...call, transcript: words, done: ['stop-calling'] }, 'en').isLead, false);
});
