import assert from 'node:assert/strict';
import test from 'node:test';
import wycheproof from '../../../test/vectors/wycheproof-aes-gcm.json' with { type: 'json' };
import { gcmOpen, gcmSeal } from './aead.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const key = Buffer.alloc(32, 7);
const context = Buffer.from('here');
const sealed = gcmSeal(key, { nonce: Buffer.alloc(12, 1), plain: Buffer.from('plain'), context });

test('AES-256-GCM agrees with every Wycheproof vector of our sizes', () => {
  for (const { tcId, result, ...vector } of wycheproof.tests) {
    const whole = hex(vector.iv + vector.ct + vector.tag);
    const input = { nonce: hex(vector.iv), plain: hex(vector.msg), context: hex(vector.aad) };
    const opened = gcmOpen(hex(vector.key), whole, input.context);
    if (result === 'valid') {
      assert.deepEqual(gcmSeal(hex(vector.key), input), whole, `seal of vector ${tcId}`);
      assert.deepEqual(opened, input.plain, `opening of vector ${tcId}`);
    } else {
      assert.equal(opened, undefined, `vector ${tcId}: ${vector.comment}`);
    }
  }
  const counts = Map.groupBy(wycheproof.tests, ({ result }) => result);
  assert.deepEqual([counts.get('valid')?.length, counts.get('invalid')?.length], [30, 27]);
});

test('a tag cut to any length is refused', () => {
  for (let cut = 1; cut <= sealed.length; cut += 1) {
    assert.equal(gcmOpen(key, sealed.subarray(0, sealed.length - cut), context), undefined, `${cut} bytes cut`);
  }
  assert.equal(gcmOpen(key, sealed, context)?.toString(), 'plain');
});

test('a nonce of another length is not sealed with', () => {
  for (const length of [0, 8, 11, 13, 16]) {
    const nonce = Buffer.alloc(length);
    assert.throws(() => gcmSeal(key, { nonce, plain: Buffer.from('plain'), context }), TypeError);
  }
});
