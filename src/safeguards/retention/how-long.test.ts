import assert from 'node:assert/strict';
import { test } from 'node:test';
import { howLong, lengthInWords, windowInWords } from './how-long.ts';
import { rules } from './rule.ts';

const day = 86_400_000;
const all = await rules();

test('a length is told in the largest unit of which it is whole, years as years', () => {
  const lengths: readonly (readonly [number, string, string, string, string])[] = [
    [300_000, '5 minutes', '5 minutos', '5 minutos', '5 मिनट'],
    [15 * 60_000, '15 minutes', '15 minutos', '15 minutos', '15 मिनट'],
    [3_600_000, '1 hour', '1 hora', '1 hora', '1 घंटा'],
    [day, '1 day', '1 día', '1 dia', '1 दिन'],
    [90 * day, '90 days', '90 días', '90 dias', '90 दिन'],
    [365 * day, '1 year', '1 año', '1 ano', '1 वर्ष'],
    [366 * day, '1 year', '1 año', '1 ano', '1 वर्ष'],
    [5 * 366 * day, '5 years', '5 años', '5 anos', '5 वर्ष'],
    [400 * day, '400 days', '400 días', '400 dias', '400 दिन'],
    [1_000, '1 second', '1 segundo', '1 segundo', '1 सेकंड'],
  ];
  for (const [ms, en, es, pt, hi] of lengths) assert.deepEqual(lengthInWords(ms), { en, es, pt, hi });
  assert.match(windowInWords('account').en, /account, and 30 days/);
});

test('of every rule there is a whole sentence in every language, and it says what counts', () => {
  for (const rule of all) {
    const said = howLong(rule, all);
    for (const sentence of Object.values(said))
      assert.match(sentence, /^[\p{Lu}\p{Lo}\d].*[^.।][.।]$/su, `${rule.id}: ${sentence}`);
    assert.equal(new Set(Object.values(said)).size, 4, rule.id);
  }
  const of = (id: string, window?: Parameters<typeof howLong>[2]) =>
    howLong(
      all.find((rule) => rule.id === id)!,
      all,
      window,
    );
  assert.match(of('calls').en, /^As long as the business has set, from the end of the call\.$/);
  assert.match(of('calls', { ms: 30 * day }).en, /^30 days from the end of the call\.$/);
  assert.match(of('messages', { ms: 30 * day }).es, /^30 días desde que se tomó\.$/);
  assert.match(of('messages', { ms: 30 * day }).pt, /^30 dias desde que foi anotado\.$/);
  assert.match(of('messages', { ms: 30 * day }).hi, /^लिए जाने से 30 दिन।$/);
  assert.match(of('leads', 'account').es, /^Mientras dure la cuenta, y 30 días\.$/);
  assert.match(of('suppressions').en, /^At least 5 years from /);
  assert.match(of('secretaries').en, /^Ends with this: The account of the business\.$/);
});

test('every rule says for whom and what for in a sentence of each language', () => {
  for (const { id, item } of all) {
    for (const sentence of Object.values(item.purpose)) {
      assert.match(sentence, /^[\p{Lu}\p{Lo}].*[.।]$/su, `${id}: ${sentence}`);
    }
    for (const name of Object.values(item.say)) assert.match(name, /^[\p{Lu}\p{Lo}].*[^.।]$/su, `${id}: ${name}`);
    assert.ok(new Set(Object.values(item.say)).size >= 3, id);
    assert.equal(new Set(Object.values(item.purpose)).size, 4, id);
  }
});
