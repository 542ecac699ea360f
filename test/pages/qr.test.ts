import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { qrSymbol } from '../../web/parts/qr.ts';
import { checkBytes, multiply } from '../../web/parts/reed-solomon.ts';

const letters = 'otpauth://totp/Sotto:ana%40example.com?secret=ABCDEFGHIJKLMNOP&issuer=Sotto-a';
const text = (length: number) => Array.from({ length }, (_, at) => letters.charAt((at * 7) % 70)).join('');

/** Bytes, version, and what the symbol hashes to that a reader of another maker (jsqr 1.4.0) read back whole. */
const read: readonly (readonly [number, number, string])[] = [
  [14, 1, '3c758745186038ee'],
  [15, 2, '9c4bb0aeb51701e8'],
  [106, 6, 'ce7920ceb1edde86'],
  [107, 7, '7fbc43be0235c5b1'],
  [180, 9, '8ff9fcacd1baf5aa'],
  [213, 10, 'b87816ac86fd1319'],
  [287, 12, 'ddc7f34cd795f851'],
  [331, 13, '568d118853381984'],
  [450, 16, '8867632f7c88f0d6'],
  [666, 20, 'eb620486f947ce2b'],
];

test('symbols are drawn as they were when another reader read them, in every size that is needed', () => {
  for (const [length, version, digest] of read) {
    const rows = qrSymbol(text(length));
    assert.equal(rows.length, version * 4 + 17, `${length} bytes`);
    const drawn = rows.map((row) => row.map((isDark) => (isDark ? '#' : '.')).join('')).join('\n');
    assert.equal(createHash('sha256').update(drawn).digest('hex').slice(0, 16), digest, `${length} bytes`);
  }
  assert.throws(() => qrSymbol(text(667)), RangeError);
});

test('a block with its check bytes is zero at every root of their polynomial, and one that was altered is not', () => {
  const block = Array.from({ length: 40 }, (_, at) => (at * 37 + 11) % 256);
  const whole = [...block, ...checkBytes(block, 18)];
  const at = (bytes: readonly number[], root: number) => bytes.reduce((sum, byte) => multiply(sum, root) ^ byte, 0);
  const roots = Array.from({ length: 18 }).reduce<number[]>((found) => [...found, multiply(found.at(-1)!, 2)], [1]);
  assert.deepEqual(
    roots.slice(0, 18).map((root) => at(whole, root)),
    Array.from({ length: 18 }, () => 0),
  );
  assert.notDeepEqual(at(whole.with(3, whole[3]! ^ 1), 1), 0);
});
