import { headBytes, isLawful, payloadBytes } from './frame-head.ts';
import { growing } from './growing.ts';
import { mask } from './mask.ts';
import { messagesOf, type Frames } from './messages.ts';

export type FrameReader = {
  /** Reads bytes in whatever pieces they come. They are changed in place and must not be used again. */
  take(chunk: Buffer): void;
  /** Reads nothing more, not even what is left of the chunk in hand. */
  stop(): void;
};

type ReaderOptions = {
  /** Who sends: a client must mask, a server must not (RFC 6455 §5.1). */
  readonly from: 'client' | 'server';
  /** Longest message. */
  readonly mostBytes: number;
};

/**
 * Cuts a stream of bytes into messages (RFC 6455 §5). A frame that lies whole in a chunk is read where it lies; only
 * one that is split is copied. No more memory is held than bytes have come, and what may not come is refused as soon
 * as its head says so.
 */
export function frameReader({ from, mostBytes }: ReaderOptions, frames: Frames): FrameReader {
  const split = growing();
  let isStopped = false;
  const broken = (code: number) => {
    isStopped = true;
    frames.broken(code);
  };
  const messages = messagesOf({ ...frames, broken }, mostBytes);

  /** How many bytes the frame at `at` has, as far as `have` bytes of it tell; negative: a close code. */
  const wanted = (bytes: Buffer, at: number, have: number): number => {
    if (have < 2) return 2;
    if (!isLawful(bytes[at]!, bytes[at + 1]!, from)) return -1002;
    const head = headBytes(bytes[at + 1]!);
    if (have < head) return head;
    const size = payloadBytes(bytes, at);
    const code = size < 0 ? 1002 : messages.refuses(bytes[at]! & 0x0f, size);
    return code > 0 ? -code : head + size;
  };

  const read = (bytes: Buffer, at: number, end: number) => {
    const start = at + headBytes(bytes[at + 1]!);
    if (from === 'client') mask(bytes, start, end, bytes.readInt32LE(start - 4));
    messages.frame(bytes[at]!, bytes.subarray(start, end));
  };

  /** Adds to the split frame what belongs to it; returns where in the chunk that ends. */
  const rejoin = (chunk: Buffer): number => {
    let at = 0;
    for (;;) {
      const want = wanted(split.bytes(), 0, split.size());
      if (want < 0) broken(-want);
      if (want === split.size()) read(split.empty(), 0, want);
      if (want < 0 || split.size() === 0 || at === chunk.length) return at;
      at += split.add(chunk, at, at + want - split.size());
    }
  };

  return {
    take(chunk) {
      let at = split.size() > 0 && !isStopped ? rejoin(chunk) : 0;
      while (at < chunk.length && !isStopped) {
        const want = wanted(chunk, at, chunk.length - at);
        if (want < 0) return broken(-want);
        if (want > chunk.length - at) return void split.add(chunk, at, chunk.length);
        read(chunk, at, at + want);
        at += want;
      }
    },
    stop() {
      isStopped = true;
    },
  };
}
