import assert from 'node:assert/strict';
import { test } from 'node:test';
import { howLong, lengthInWords, windowInWords } from './how-long.ts';
import { rules } from './rule.ts';

const day = 86_400_000;
const all = await rules();

test('a length is told in the largest unit of which it is whole, years as years', () => {
  const lengths: readonly (readonly [number, string, string])[] = [
    [300_000, '5 minutes', '5 minutos'],
    [15 * 60_000, '15 minutes', '15 minutos'],
    [3_600_000, '1 hour', '1 hora'],
    [day, '1 day', '1 día'],
    [90 * day, '90 days', '90 días'],
    [365 * day, '1 year', '1 año'],
    [366 * day, '1 year', '1 año'],
    [5 * 366 * day, '5 years', '5 años'],
    [400 * day, '400 days', '400 días'],
    [1_000, '1 second', '1 segundo'],
  ];
  for (const [ms, en, es] of lengths) assert.deepEqual(lengthInWords(ms), { en, es });
  assert.match(windowInWords('account').en, /account, and 30 days/);
});

test('of every rule there is a whole sentence in both languages, and it says what counts', () => {
  for (const rule of all) {
    const said = howLong(rule, all);
    for (const sentence of [said.en, said.es])
      assert.match(sentence, /^[\p{Lu}\d].*[^.]\.$/su, `${rule.id}: ${sentence}`);
    assert.notEqual(said.en, said.es, rule.id);
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
  assert.match(of('leads', 'account').es, /^Mientras dure la cuenta, y 30 días\.$/);
  assert.match(of('suppressions').en, /^At least 5 years from /);
  assert.match(of('secretaries').en, /^Ends with this: The account of the business\.$/);
});

test('every rule says for whom and what for in a sentence of each language', () => {
  for (const { id, item } of all) {
    for (const sentence of [item.purpose.en, item.purpose.es]) {
      assert.match(sentence, /^\p{Lu}.*\.$/su, `${id}: ${sentence}`);
    }
    for (const name of [item.say.en, item.say.es]) assert.match(name, /^\p{Lu}.*[^.]$/su, `${id}: ${name}`);
    assert.notEqual(item.say.en, item.say.es, id);
    assert.notEqual(item.purpose.en, item.purpose.es, id);
  }
});
