import { emptyRoot, nodeHash } from './merkle.ts';

/** The root of a perfect subtree, as `NodeVisitor` names it. */
export type HashAt = (level: number, index: number) => Buffer | Promise<Buffer>;

/**
 * What leads from a leaf to the root of the tree of that size (RFC 6962 §2.1.1), the leaf's neighbour first.
 * Throws for a leaf that is not in such a tree.
 */
export async function inclusionProof(hashAt: HashAt, index: number, size: number): Promise<Buffer[]> {
  if (!isPlace(index, size)) throw new RangeError('the tree has no such leaf');
  const proof: Buffer[] = [];
  for (let [from, to] = [0, size]; to - from > 1;) {
    const middle = from + largestHalf(to - from);
    const isLeft = index < middle;
    proof.unshift(isLeft ? await hashOver(hashAt, middle, to) : await hashOver(hashAt, from, middle));
    if (isLeft) to = middle;
    else from = middle;
  }
  return proof;
}

/** Whether this leaf stands at that place of the tree with this root. */
export function verifyInclusion(
  place: { readonly leaf: Buffer; readonly index: number; readonly size: number; readonly root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (!isPlace(place.index, place.size) || !areHashes([place.leaf, ...proof])) return false;
  let [at, node]: [Edge, Buffer] = [{ index: place.index, last: place.size - 1 }, place.leaf];
  for (const hash of proof) {
    if (at.last === 0) return false;
    node = isRight(at) ? nodeHash(hash, node) : nodeHash(node, hash);
    at = above(at);
  }
  return at.last === 0 && node.equals(place.root);
}

/**
 * What shows that the tree of `old` leaves is the beginning of that of `size` (RFC 6962 §2.1.2). Nothing for an empty
 * one and for the same one. Throws when the old one is larger.
 */
export async function consistencyProof(hashAt: HashAt, old: number, size: number): Promise<Buffer[]> {
  if (!isCount(old) || !isCount(size) || old > size) throw new RangeError('the older tree is not the smaller one');
  const proof: Buffer[] = [];
  if (old === 0 || old === size) return proof;
  let [from, to] = [0, size];
  while (old !== to) {
    const middle = from + largestHalf(to - from);
    const isLeft = old <= middle;
    proof.unshift(isLeft ? await hashOver(hashAt, middle, to) : await hashOver(hashAt, from, middle));
    if (isLeft) to = middle;
    else from = middle;
  }
  // The old root itself is known to whoever asks, when the old tree is one whole subtree from the beginning.
  return from === 0 ? proof : [await hashOver(hashAt, from, to), ...proof];
}

/** Two heads of what should be one tree. */
export type TwoHeads = {
  readonly old: { readonly size: number; readonly root: Buffer };
  readonly head: { readonly size: number; readonly root: Buffer };
};

/**
 * Whether the old tree is the beginning of the other one. An empty tree is the beginning of every tree, so no proof says
 * anything about it: of two heads, one of them empty, only equal ones are believed.
 */
export function verifyConsistency({ old, head }: TwoHeads, proof: readonly Buffer[]): boolean {
  if (!isCount(old.size) || !isCount(head.size) || !areHashes(proof)) return false;
  if (old.size === 0 && !old.root.equals(emptyRoot)) return false;
  if (old.size === head.size) return proof.length === 0 && old.root.equals(head.root);
  if (old.size === 0 || old.size > head.size) return false;
  return climb({ old, head }, isPowerOfTwo(old.size) ? [old.root, ...proof] : proof);
}

/** RFC 9162 §2.1.4.2, from step 3. */
function climb({ old, head }: TwoHeads, [first, ...rest]: readonly Buffer[]): boolean {
  if (!first) return false;
  let at: Edge = { index: old.size - 1, last: head.size - 1 };
  while (at.index % 2 === 1) at = { index: half(at.index), last: half(at.last) };
  let [before, after] = [first, first];
  for (const hash of rest) {
    if (at.last === 0) return false;
    if (isRight(at)) before = nodeHash(hash, before);
    after = isRight(at) ? nodeHash(hash, after) : nodeHash(after, hash);
    at = above(at);
  }
  return at.last === 0 && before.equals(old.root) && after.equals(head.root);
}

/** A node of one level, and the last one of that level. */
type Edge = { readonly index: number; readonly last: number };

/** Whether the next hash of a proof stands left of it. */
function isRight({ index, last }: Edge): boolean {
  return index % 2 === 1 || index === last;
}

/** Where it is when that hash was taken in; a node without a neighbour rises as it is. */
function above(edge: Edge): Edge {
  let { index, last } = edge;
  if (isRight(edge)) while (index % 2 === 0 && index !== 0) [index, last] = [half(index), half(last)];
  return { index: half(index), last: half(last) };
}

/** The root over the leaves from `from` up to `to`, which begins where a subtree of that size does. */
async function hashOver(hashAt: HashAt, from: number, to: number): Promise<Buffer> {
  const count = to - from;
  if (isPowerOfTwo(count)) return hashAt(Math.log2(count), from / count);
  const middle = from + largestHalf(count);
  return nodeHash(await hashOver(hashAt, from, middle), await hashOver(hashAt, middle, to));
}

/** The largest power of two that is smaller than this number, which is two at least. */
function largestHalf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function isPowerOfTwo(count: number): boolean {
  return count === 1 || largestHalf(count) * 2 === count;
}

function half(count: number): number {
  return Math.floor(count / 2);
}

function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}

function isPlace(index: number, size: number): boolean {
  return isCount(index) && isCount(size) && index < size;
}

function areHashes(proof: readonly Buffer[]): boolean {
  return proof.every(({ length }) => length === 32);
}
