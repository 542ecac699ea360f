const leastBytes = 512;

/** Bytes that come in pieces: no more memory than twice what has come. */
export class Growing {
  #bytes: Buffer = Buffer.allocUnsafe(leastBytes);
  #size = 0;
  get size(): number {
    return this.#size;
  }
  /** What is there; beyond `size` it means nothing. */
  get bytes(): Buffer {
    return this.#bytes;
  }
  /** Takes what `piece` has from `from` to `to`; says how many bytes that was. */
  add(piece: Buffer, from: number, to: number): number {
    const end = Math.min(to, piece.length);
    const size = this.#size + end - from;
    if (size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, size));
      this.#bytes.copy(larger, 0, 0, this.#size);
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#size, from, end);
    this.#size = size;
    return end - from;
  }
  all(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }
}
