import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal } from '#base';
import { maskedNumber } from './masked-number.ts';

const left = (text: string) => maskedNumber(new Personal(text))?.reveal();

test('of a number the last four digits are left, and of a short one never more than half', () => {
  assert.equal(left('+34600111234'), '***-***-1234');
  assert.equal(left('+1 (415) 555-1234'), '***-***-1234');
  assert.equal(left('12345678'), '***-***-5678');
  assert.equal(left('1234567'), '***-***-567');
  assert.equal(left('123456'), '***-***-456');
  assert.equal(left('12345'), '***-***-45');
});

test('of what somebody said about being called back nothing is left but digits of the first number', () => {
  assert.equal(left('after six, +34 600 111 222, ask for Ana'), '***-***-1222');
  assert.equal(left('+34600111222 or +34600111333'), '***-***-1222');
  for (const text of ['after six', 'at 10:30', '', 'room 1234']) assert.equal(left(text), undefined, text);
});
