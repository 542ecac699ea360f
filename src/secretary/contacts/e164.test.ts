import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Personal } from '#base';
import { e164 } from './e164.ts';

test('a number is the same however it is written', () => {
  const written = [
    '+14155552671',
    '+1 (415) 555-2671',
    '415.555.2671',
    ' 1 415 555 2671',
    new Personal('(415) 5552671'),
  ];
  for (const text of written) assert.equal(e164(text, 'US')?.reveal(), '+14155552671');
  assert.equal(e164('600 111 222', 'ES')?.reveal(), '+34600111222');
  assert.equal(e164('415 555 2671', 'US-CA')?.reveal(), '+14155552671');
});

test('a national number is none without a country to read it in', () => {
  assert.equal(e164('415 555 2671'), undefined);
});

test('what is not wholly a number is none', () => {
  const texts = [
    '',
    'anonymous',
    'call me on +14155552671',
    '+14155552671 ext. 5',
    '+1415',
    '+',
    '911',
    '+14155552671+1',
  ];
  for (const text of texts) assert.equal(e164(text, 'US'), undefined, text);
});

test('whatever is typed, the answer is E.164 or nothing, and stays itself', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+\d() .-]{0,20}$/)), (text) => {
      const number = e164(text, 'US')?.reveal();
      return number === undefined || (/^\+[1-9]\d{1,14}$/.test(number) && e164(number)?.reveal() === number);
    }),
    { seed: 5, numRuns: 1_000 },
  );
});
