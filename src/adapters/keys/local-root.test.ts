import assert from 'node:assert/strict';
import test from 'node:test';
import { isProblem, seededRandom, type Random } from '#base';
import vectors from '../../../test/vectors/root-key.json' with { type: 'json' };
import { deriveKey, localRoot } from './local-root.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const isWrong = (error: unknown) => isProblem(error, 'root-key-wrong');

test('a root key derives and wraps as the vectors say', async () => {
  for (const { purpose, key } of vectors.derived) {
    assert.equal(deriveKey(hex(vectors.rootKey), purpose).toString('hex'), key);
  }
  for (const { nonce, context, plain, wrapped } of vectors.wrapped) {
    const fixed: Random = { bytes: () => hex(nonce) };
    const root = localRoot(hex(vectors.rootKey), fixed);
    assert.equal((await root.wrap(hex(plain), context)).toString('hex'), wrapped);
    assert.equal((await root.unwrap(hex(wrapped), context)).toString('hex'), plain);
  }
});

test('what one root key wrapped opens under no other key, context or bytes', async () => {
  const random = seededRandom('roots');
  const [mine, other] = [localRoot(random.bytes(32), random), localRoot(random.bytes(32), random)];
  const wrapped = await mine.wrap(Buffer.from('secret'), 'here');
  assert.equal((await mine.unwrap(wrapped, 'here')).toString(), 'secret');
  await assert.rejects(other.unwrap(wrapped, 'here'), isWrong);
  await assert.rejects(mine.unwrap(wrapped, 'there'), isWrong);
  for (let at = 0; at < wrapped.length; at += 1) {
    const changed = Buffer.from(wrapped);
    changed[at]! ^= 1;
    await assert.rejects(mine.unwrap(changed, 'here'), isWrong, `byte ${at}`);
    await assert.rejects(mine.unwrap(wrapped.subarray(0, at), 'here'), isWrong, `cut to ${at} bytes`);
  }
});

test('no purpose derives the key that wraps', async () => {
  const key = Buffer.alloc(32, 1);
  const wrapped = await localRoot(key, seededRandom('a')).wrap(Buffer.from('secret'), '');
  for (const purpose of ['wrap', 'wrap/v1', '../wrap/v1', 'sotto/wrap/v1']) {
    await assert.rejects(localRoot(deriveKey(key, purpose), seededRandom('a')).unwrap(wrapped, ''), isWrong);
  }
  assert.throws(() => deriveKey(key, ''), TypeError);
});

test('a root key of another length is refused', () => {
  for (const length of [0, 16, 31, 33, 64]) {
    assert.throws(() => localRoot(Buffer.alloc(length), seededRandom('a')), TypeError);
  }
});
