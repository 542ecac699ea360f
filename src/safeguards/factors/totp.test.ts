import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base32, codeAt, otpauthUri, stepAt, stepShown } from './totp.ts';

const secret = Buffer.from('12345678901234567890');

/** RFC 6238 Appendix B, SHA-1, the last six of its eight digits. */
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

test('codes are those of RFC 6238', () => {
  for (const [seconds, code] of vectors) assert.equal(codeAt(secret, stepAt(seconds * 1_000)), code);
});

test('a code is known one step early and one step late, and not beyond', () => {
  const step = stepAt(1_234_567_890_000);
  const code = codeAt(secret, step);
  const shown = [-2, -1, 0, 1, 2].map((off) => stepShown(secret, code, (step + off) * 30_000 + 29_999));
  assert.deepEqual(shown, [undefined, step, step, step, undefined]);
});

test('what is no code is no code: too short, too long, blank, other digits, none', () => {
  const code = codeAt(secret, stepAt(59_000));
  for (const wrong of ['', ' ', code.slice(1), `${code}0`, ` ${code}`, `${code} `, '000000', '٢٨٧٠٨٢']) {
    assert.equal(stepShown(secret, wrong, 59_000), undefined, `"${wrong}"`);
  }
});

test('base32 is that of RFC 4648', () => {
  const vectorsOf32 = { f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB', foobar: 'MZXW6YTBOI' };
  for (const [text, written] of Object.entries(vectorsOf32)) assert.equal(base32(Buffer.from(text)), written);
});

test('the address in a QR code cannot change what the code says', () => {
  const uri = new URL(otpauthUri({ secret, account: 'a&issuer=Bank?secret=AAAA/@example.com' }));
  assert.equal(uri.searchParams.get('secret'), base32(secret));
  assert.deepEqual(uri.searchParams.getAll('issuer'), ['Sotto']);
  assert.equal(decodeURIComponent(uri.pathname.split(':')[1]!), 'a&issuer=Bank?secret=AAAA/@example.com');
});
