import { createHash } from 'node:crypto';

/**
 * The root of the Merkle tree over these entries, in their order, hashed as in RFC 6962 §2.1: SHA-256, leaves behind a
 * byte 0x00, nodes behind a byte 0x01, the larger half first. 32 bytes; of no entries the hash of nothing.
 */
export function merkleRoot(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return createHash('sha256').digest();
  return rootOf(entries.map((entry) => hashed(0, entry)));
}

function rootOf(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes;
  if (only && hashes.length === 1) return only;
  // The largest power of two that is smaller than their number.
  const half = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return hashed(1, rootOf(hashes.slice(0, half)), rootOf(hashes.slice(half)));
}

function hashed(kind: 0 | 1, ...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256').update(Buffer.of(kind));
  for (const part of parts) hash.update(part);
  return hash.digest();
}
