import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { commonPasswords } from './common-passwords.ts';
import { contextWords, passwordRules, type PasswordRules } from './password-rules.ts';

let rules: PasswordRules;
before(() => {
  rules = passwordRules(commonPasswords());
});

const context = contextWords(['Mara Lindqvist', 'mara.lindqvist@lindq-dental.example', 'Lindqvist Dental GmbH']);

test('what many have chosen is refused, with digits and signs round it, and with digits for letters', () => {
  for (const weak of [
    '1qaz2wsx3edc',
    'PolniyPizdec0211',
    'leavemealone',
    'Dragon2026!!',
    'Sunshine1234',
    '!!!Superman99',
    'm1chelle2026',
  ]) {
    assert.match(rules(weak, context) ?? '', /tried first|keyboard/, weak);
  }
});

test('patterns are refused: repetition, rows of the keyboard, dates, few characters', () => {
  const patterns: readonly (readonly [string, RegExp])[] = [
    ['aaaaaaaaaaaaaa', /different characters/],
    ['xk7%xk7%xk7%xk7%', /different characters|repeats/],
    ['Xk9$vQ2mXk9$vQ2m', /repeats/],
    ['qwertyuiop12', /keyboard|tried first/],
    ['asdfghjklzxcvbnm', /keyboard|tried first/],
    ['abcdefghijkl', /alphabet|tried first/],
    ['987654321 zyxwvut', /alphabet/],
    ['1990-12-31 2001-02-03', /date/],
    ['31121990 1990', /date/],
  ];
  for (const [weak, why] of patterns) assert.match(rules(weak, context) ?? 'taken', why, weak);
});

test('what others know of somebody is refused, however it is written', () => {
  for (const weak of ['xx-LindqVist-77-q', 'my.D3nt4l.pw.qzx', 'sotto is my phone', 'qzv M@RA jumps over']) {
    assert.match(rules(weak, context) ?? 'taken', /your name/, weak);
  }
});

test('length counts in characters, and long sentences are welcome', () => {
  assert.match(rules('k7#Vq2!mZp9', context) ?? '', /at least 12/);
  assert.equal(rules('k7#Vq2!mZp9x', context), undefined);
  assert.match(rules('🐙🦔🐝🦉🐢🦀🐌🦋🐧🦥🐳', context) ?? '', /at least 12/);
  assert.equal(rules('🐙🦔🐝🦉🐢🦀🐌🦋🐧🦥🐳🦩', context), undefined);
  assert.match(rules('ab cd efgh '.repeat(30), context) ?? '', /at most 256/);
  assert.equal(rules('correct horse battery staple', context), undefined);
  assert.equal(rules('der Igel schläft unter dem Dach', context), undefined);
});

test('what is chosen by chance is practically never refused, and nothing makes the rules hang or throw', () => {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789#%&*+-=?';
  const chance = fc.string({ unit: fc.constantFrom(...letters), minLength: 16, maxLength: 40 });
  fc.assert(
    fc.property(chance, (password) => new Set(password).size < 8 || rules(password, ['sotto']) === undefined),
    {
      numRuns: 3_000,
    },
  );
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (any) => void rules(any, context)));
});

test('words that stand in many names and addresses are not held against anybody', () => {
  const words = contextWords(['Jo Li', 'info@gmail.example', 'Al GmbH']);
  assert.deepEqual(words, ['sotto']);
});
