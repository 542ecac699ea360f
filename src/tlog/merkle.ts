import { hash } from 'node:crypto';

/** Merkle trees as in RFC 6962 §2.1: SHA-256, leaves behind a byte 0x00, nodes behind a byte 0x01, the larger half first. */
const leafMark = Buffer.of(0);
const nodeMark = Buffer.of(1);

/** The root of the tree without leaves: the hash of nothing. */
export const emptyRoot: Buffer = hash('sha256', '', 'buffer');

export function leafHash(entry: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([leafMark, entry]), 'buffer');
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([nodeMark, left, right]), 'buffer');
}

/**
 * A whole tree in as many hashes as its size has ones in binary: the roots of its perfect subtrees, largest first.
 * Enough to append to it and to know its root.
 */
export type Range = { readonly size: number; readonly hashes: readonly Buffer[] };

export const emptyRange: Range = { size: 0, hashes: [] };

/** The root of a perfect subtree: that over the leaves from `index · 2^level`, of which there are `2^level`. */
export type NodeVisitor = (level: number, index: number, hash: Buffer) => void;

/** The range behind these leaves. `visit` is told each node that becomes known, the leaves (level 0) included. */
export function appendHashes(range: Range, leaves: Iterable<Buffer>, visit?: NodeVisitor): Range {
  const hashes = [...range.hashes];
  let { size } = range;
  for (const leaf of leaves) {
    let node = leaf;
    let index = size;
    visit?.(0, index, node);
    for (let level = 1; index % 2 === 1; level += 1) {
      node = nodeHash(hashes.pop()!, node);
      index = (index - 1) / 2;
      visit?.(level, index, node);
    }
    hashes.push(node);
    size += 1;
  }
  return { size, hashes };
}

export function rootOfRange({ hashes }: Range): Buffer {
  return (
    hashes.reduceRight<Buffer | undefined>((right, left) => (right ? nodeHash(left, right) : left), undefined) ??
    emptyRoot
  );
}

/** The root over these entries, in their order. 32 bytes. */
export function merkleRoot(entries: readonly Uint8Array[]): Buffer {
  return rootOfRange(appendHashes(emptyRange, entries.map(leafHash)));
}
