import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cardInChunks, maskCards, onlyDigits } from './cards.ts';

test('a card number never passes, however it is spoken', () => {
  for (const said of [
    'it is 4111 1111 1111 1111 thanks',
    'it is 4111-1111-1111-1111',
    'three seven eight two, 822463 10005',
    'four one one one one one one one one one one one one one one one',
    'cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno',
    'four triple one double one double one 1111 1111',
  ]) {
    assert.match(maskCards(said), /\[card\]/, said);
    assert.doesNotMatch(maskCards(said), /\d{4}|one one|uno uno/, said);
  }
});

test('telephone numbers, prices and dates pass unchanged', () => {
  for (const said of [
    'call me at +1 415 555 0132',
    '+44 20 7946 0958',
    'it was 120 dollars on the 24th of 11 2026',
    '0151 23456789',
    '',
  ]) {
    assert.equal(maskCards(said), said);
  }
});

test('every number with a right check digit and an issuer in front is masked, every changed digit is not', () => {
  const body = fc.stringMatching(/^4[0-9]{14}$/);
  fc.assert(
    fc.property(body, (first) => {
      const check = [...'0123456789'].filter((digit) => maskCards(first + digit) === '[card]');
      return check.length === 1;
    }),
  );
});

test('a card number read out in several breaths is masked in every one of them, a telephone number is not', () => {
  assert.equal(cardInChunks(['4111', '1111', '1111', '1111']), 4);
  assert.equal(cardInChunks(['42', '4111', '1111', '1111', '1111']), 4);
  assert.equal(cardInChunks(['4155550132', '4155550132']), 0);
  assert.equal(onlyDigits('four one, one 1'), '4111');
  assert.equal(onlyDigits('four apples'), '');
});

test('a card number passes neither in the figures of another script nor behind a hesitation', () => {
  const zeros = ['٠', '۰', '०', '０', '𝟎'].map((zero) => zero.codePointAt(0)!);
  const inScript = (zero: number) =>
    '4111111111111111'.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
  for (const said of [...zeros.map(inScript), '4111 1111, um, 1111 1111', 'four one one one dash 1111 uh 1111 1111']) {
    assert.equal(maskCards(said), '[card]', said);
  }
  assert.equal(maskCards('رقمي ٠١٢٣٤٥٦٧٨'), 'رقمي ٠١٢٣٤٥٦٧٨');
  assert.equal(onlyDigits('constructor'), '');
});
