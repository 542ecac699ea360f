import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import vectors from '../../test/vectors/merkle-proofs.json' with { type: 'json' };
import { appendHashes, emptyRange, emptyRoot, leafHash, rootOfRange } from './merkle.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion, type HashAt } from './proofs.ts';

const hashes = vectors.hashes.map((hash) => Buffer.from(hash, 'base64'));
type Vector = readonly [string, boolean, string, string, number, number, readonly number[]];

test('the public vectors of proofs that a leaf is there are believed and refused as they say', () => {
  assert.equal(vectors.inclusion.length, 98);
  for (const [name, isRight, index, size, leaf, root, proof] of vectors.inclusion as unknown as readonly Vector[]) {
    const place = { leaf: hashes[leaf]!, index: Number(index), size: Number(size), root: hashes[root]! };
    assert.equal(
      verifyInclusion(
        place,
        proof.map((at) => hashes[at]!),
      ),
      isRight,
      name,
    );
  }
});

test('the public vectors of proofs that a tree only grew are believed and refused as they say', () => {
  assert.equal(vectors.consistency.length, 98);
  for (const [name, isRight, old, size, before, after, proof] of vectors.consistency as unknown as readonly Vector[]) {
    const heads = {
      old: { size: Number(old), root: hashes[before]! },
      head: { size: Number(size), root: hashes[after]! },
    };
    assert.equal(
      verifyConsistency(
        heads,
        proof.map((at) => hashes[at]!),
      ),
      isRight,
      name,
    );
  }
});

test('of empty trees only the same two are believed: nothing is shown by growing out of nothing', () => {
  const head = { size: 1, root: leafHash(Buffer.of(1)) };
  const empty = { size: 0, root: emptyRoot };
  assert.equal(verifyConsistency({ old: empty, head: empty }, []), true);
  assert.equal(verifyConsistency({ old: empty, head }, []), false);
  assert.equal(verifyConsistency({ old: empty, head: empty }, [emptyRoot]), false);
  assert.equal(verifyConsistency({ old: { ...head, size: 0 }, head: { ...head, size: 0 } }, []), false);
});

/** A tree of that many leaves, with all its nodes. */
function treeOf(size: number): { readonly leaves: readonly Buffer[]; rootAt(size: number): Buffer; hashAt: HashAt } {
  const nodes = new Map<string, Buffer>();
  const leaves = Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`leaf ${at}`)));
  appendHashes(emptyRange, leaves, (level, index, hash) => nodes.set(`${level}/${index}`, hash));
  return {
    leaves,
    rootAt: (count) => rootOfRange(appendHashes(emptyRange, leaves.slice(0, count))),
    hashAt: (level, index) => nodes.get(`${level}/${index}`)!,
  };
}

test('a tree that grows in any steps has the root that it has when it is made at once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 8 }), (steps) => {
      const { leaves, rootAt } = treeOf(steps.reduce((sum, step) => sum + step, 0));
      let range = emptyRange;
      for (const step of steps) range = appendHashes(range, leaves.slice(range.size, range.size + step));
      assert.deepEqual(rootOfRange(range), rootAt(leaves.length));
    }),
  );
});

const flipped = (hash: Buffer, bit: number) => {
  const other = Buffer.from(hash);
  other[bit >> 3]! ^= 1 << (bit & 7);
  return other;
};

/** Proofs that are not this one: cut off, lengthened, in another order, with one bit changed. */
function others(proof: readonly Buffer[], bit: number): Buffer[][] {
  const reversed = proof.toReversed();
  return [
    [...proof, emptyRoot],
    [emptyRoot, ...proof],
    ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1)] : []),
    ...(proof.length > 1 ? [reversed] : []),
    ...proof.map((hash, at) => proof.with(at, flipped(hash, bit))),
  ];
}

const bit = fc.integer({ min: 0, max: 255 });

test('each leaf of each tree is proven at its place, and nothing else is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), bit, async (size, at, one) => {
      const { leaves, rootAt, hashAt } = treeOf(size);
      const index = at % size;
      const place = { leaf: leaves[index]!, index, size, root: rootAt(size) };
      const proof = await inclusionProof(hashAt, index, size);
      assert.equal(verifyInclusion(place, proof), true);
      for (const other of others(proof, one)) assert.equal(verifyInclusion(place, other), false);
      assert.equal(verifyInclusion({ ...place, leaf: flipped(place.leaf, one) }, proof), false);
      assert.equal(verifyInclusion({ ...place, root: flipped(place.root, one) }, proof), false);
      for (const elsewhere of [index - 1, index + 1, size]) {
        assert.equal(verifyInclusion({ ...place, index: elsewhere }, proof), false);
      }
    }),
  );
});

test('each tree is proven to be the beginning of each larger one, and nothing else is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), bit, async (size, at, one) => {
      const { rootAt, hashAt } = treeOf(size);
      const old = { size: 1 + (at % size), root: rootAt(1 + (at % size)) };
      const head = { size, root: rootAt(size) };
      const proof = await consistencyProof(hashAt, old.size, size);
      assert.equal(verifyConsistency({ old, head }, proof), true);
      for (const other of others(proof, one)) assert.equal(verifyConsistency({ old, head }, other), false);
      assert.equal(verifyConsistency({ old: { ...old, root: flipped(old.root, one) }, head }, proof), false);
      assert.equal(verifyConsistency({ old, head: { ...head, root: flipped(head.root, one) } }, proof), false);
    }),
  );
});

test('a proof of what is not in the tree is not made', async () => {
  const { hashAt } = treeOf(3);
  for (const [index, size] of [
    [3, 3],
    [-1, 3],
    [0, 0],
    [0.5, 3],
  ] as const) {
    await assert.rejects(inclusionProof(hashAt, index, size), RangeError);
  }
  await assert.rejects(consistencyProof(hashAt, 4, 3), RangeError);
  assert.deepEqual(await consistencyProof(hashAt, 0, 3), []);
  assert.deepEqual(await consistencyProof(hashAt, 3, 3), []);
});
