/** Bytes that come in pieces. Holds at most twice what has come, and nothing when it is empty. */
export type Growing = {
  size(): number;
  /** What is there; beyond `size()` it means nothing. */
  bytes(): Buffer;
  /** Takes what `piece` has from `from` to `to`; says how many bytes that was. */
  add(piece: Buffer, from: number, to: number): number;
  /** Hands everything over and starts anew. */
  empty(): Buffer;
};

const nothing = Buffer.alloc(0);
const leastBytes = 512;

export function growing(): Growing {
  let bytes = nothing;
  let size = 0;
  return {
    size: () => size,
    bytes: () => bytes,
    add(piece, from, to) {
      const end = Math.min(to, piece.length);
      if (size + end - from > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(leastBytes, bytes.length * 2, size + end - from));
        bytes.copy(larger, 0, 0, size);
        bytes = larger;
      }
      size += piece.copy(bytes, size, from, end);
      return end - from;
    },
    empty() {
      const all = bytes.subarray(0, size);
      bytes = nothing;
      size = 0;
      return all;
    },
  };
}
