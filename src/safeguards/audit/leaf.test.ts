import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { canonical } from '#base';
import vectors from '../../../test/vectors/audit-leaf.json' with { type: 'json' };
import { reach } from './actions.ts';
import { commitmentTo, leafBytes, parseLeaf, type Details, type Leaf } from './leaf.ts';

const leaf = vectors.leaves[0]!.leaf as Leaf;

test('leaves and commitments are byte for byte those of the vectors', () => {
  for (const { name, bytes, sha256, salt, details, canonicalDetails, ...vector } of vectors.leaves) {
    const made = leafBytes(vector.leaf as Leaf);
    assert.equal(made.toString('utf8'), bytes, name);
    assert.equal(createHash('sha256').update(made).digest('hex'), sha256, name);
    assert.deepEqual(parseLeaf(made), vector.leaf, name);
    if (salt === undefined) {
      assert.equal(vector.leaf.commitment, null);
    } else {
      assert.equal(canonical(details as Details), canonicalDetails, name);
      assert.equal(commitmentTo(Buffer.from(salt, 'hex'), details as Details), vector.leaf.commitment, name);
    }
  }
  assert.deepEqual(
    vectors.leaves.map(({ salt }) => salt !== undefined),
    [false, true, true, true],
  );
});

test('only the exact spelling of a leaf is one', () => {
  const text = leafBytes(leaf).toString('utf8');
  assert.deepEqual(parseLeaf(Buffer.from(text)), leaf);
  const others = [
    '',
    'null',
    '[]',
    `${text} `,
    text.replace('{', '{ '),
    text.replace('"v":1', '"v":2'),
    text.replace('"v":1', '"v":1.0'),
    text.replace(',"v":1', ''),
    text.replace('"v":1', '"v":1,"w":1'),
    text.replace('"action":"call.answered",', '').replace('}', ',"action":"call.answered"}'),
    text.replace('carrier:twilio', 'carrier:Ana Diaz'),
  ];
  for (const other of others) assert.equal(parseLeaf(Buffer.from(other)), undefined, other);
  assert.equal(parseLeaf(Buffer.from(text.replace('twilio', 'twilio\u0000'))), undefined);
  assert.equal(parseLeaf(Buffer.concat([Buffer.from(text), Buffer.of(0xff)])), undefined);
});

test('no name, number or address gets into a leaf as actor or object', () => {
  const texts = ['+15005550006', 'Ana Diaz', 'ana@example.com', '5005550006', '', 'line:+15005550006', 'call:'];
  for (const text of texts) {
    assert.throws(() => leafBytes({ ...leaf, object: text as Leaf['object'] }), TypeError, text);
    assert.throws(() => leafBytes({ ...leaf, actor: text as Leaf['actor'] }), TypeError, text);
    assert.throws(() => leafBytes({ ...leaf, object: `contact:${text}` }), TypeError, text);
  }
  const neutral = ['claim:audit-is-append-only', `call:${leaf.id}`, 'carrier:twilio'] as const;
  for (const object of neutral) leafBytes({ ...leaf, object });
});

test('a commitment changes with every detail and with the salt, and wants all of the salt', () => {
  const salt = Buffer.alloc(32, 1);
  const one = commitmentTo(salt, { a: 'x' });
  assert.equal(commitmentTo(salt, { a: 'x' }), one);
  assert.notEqual(commitmentTo(salt, { a: 'y' }), one);
  assert.notEqual(commitmentTo(salt, { b: 'x' }), one);
  assert.notEqual(commitmentTo(Buffer.alloc(32, 2), { a: 'x' }), one);
  for (const length of [0, 31, 33]) assert.throws(() => commitmentTo(Buffer.alloc(length), {}), TypeError);
});

test('actions are fixed words, in order, once each', () => {
  const actions = Object.keys(reach);
  assert.deepEqual(actions, [...new Set(actions)].toSorted());
  for (const action of actions) assert.match(action, /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
});
