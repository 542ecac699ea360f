import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom, systemRandom } from '#base';
import { apiKeyPattern, keyIdOf, writeApiKey } from './api-key.ts';

test('a key is recognised by its published pattern and names itself', () => {
  for (let round = 0; round < 1_000; round++) {
    const { key, keyId } = writeApiKey(systemRandom);
    assert.match(key, apiKeyPattern);
    assert.equal(keyIdOf(key), keyId);
  }
});

test('a key is written the same way for ever: the format is a contract with secret scanners', () => {
  const { key } = writeApiKey({ bytes: (count) => Buffer.alloc(count, 0xab) });
  assert.equal(key, 'sotto_live_0EjnVTzHGNRL_ehv1hsdOHPxDuX3xn9YyIKbgl4yJuySCWzdimD4heup_0I68b7');
});

test('one wrong character anywhere is noticed without asking the database', () => {
  const { key } = writeApiKey(seededRandom('key'));
  fc.assert(
    fc.property(fc.nat(key.length - 1), fc.constantFrom(...'0AZaz_ -é'), (at, character) => {
      fc.pre(key[at] !== character);
      assert.equal(keyIdOf(key.slice(0, at) + character + key.slice(at + 1)), undefined);
    }),
    { numRuns: 2_000 },
  );
});

test('what was never a key is none, however long or odd', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => assert.equal(keyIdOf(text), undefined)));
  const { key } = writeApiKey(seededRandom('key'));
  for (const text of [`${key} `, ` ${key}`, `${key}\n`, key.toUpperCase(), key.slice(0, -1), 'sotto_live___']) {
    assert.equal(keyIdOf(text), undefined, text);
  }
});
