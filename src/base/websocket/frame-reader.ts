import { isUtf8 } from 'node:buffer';
import { opcodes } from './frame.ts';
import { headBytes, isLawful, payloadBytes } from './frame-head.ts';
import { Growing } from './growing.ts';
import { mask } from './mask.ts';

/** What comes out of the bytes, in order. Buffers are only lent. */
export type Frames = {
  /** A whole message, checked to be UTF-8. */
  text(message: Buffer): void;
  ping(payload: Buffer): void;
  /** A close frame: of what follows it, nothing counts. */
  goodbye(payload: Buffer): void;
  /** The other side broke the protocol; `code` says how (RFC 6455 §7.4.1). Nothing follows. */
  broken(code: number): void;
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
 *
 * A class, because a reader of closures takes a tenth more of the time of a frame: hundreds of readers take turns, and
 * a closure for each of their functions is so much more to fetch from memory.
 */
export class FrameReader {
  readonly #from: 'client' | 'server';
  readonly #mostBytes: number;
  readonly #frames: Frames;
  /** The beginning of a frame of which not all has come. */
  #split: Growing | undefined;
  /** The beginning of a message of which not all fragments have come. */
  #message: Growing | undefined;
  #isStopped = false;

  constructor({ from, mostBytes }: ReaderOptions, frames: Frames) {
    this.#from = from;
    this.#mostBytes = mostBytes;
    this.#frames = frames;
  }

  /** Reads bytes in whatever pieces they come. They are changed in place and must not be used again. */
  take(chunk: Buffer): void {
    let at = this.#split && !this.#isStopped ? this.#rejoin(this.#split, chunk) : 0;
    while (at < chunk.length && !this.#isStopped) {
      const want = this.#wanted(chunk, at, chunk.length - at);
      if (want < 0) return this.#break(-want);
      if (want > chunk.length - at) {
        this.#split = new Growing();
        this.#split.add(chunk, at, chunk.length);
        return;
      }
      this.#read(chunk, at, at + want);
      at += want;
    }
  }

  /** Reads nothing more, not even what is left of the chunk in hand. */
  stop(): void {
    this.#isStopped = true;
    this.#split = undefined;
    this.#message = undefined;
  }

  #break(code: number): void {
    this.stop();
    this.#frames.broken(code);
  }

  /** Adds to the split frame what belongs to it; returns where in the chunk that ends. */
  #rejoin(split: Growing, chunk: Buffer): number {
    let at = 0;
    for (;;) {
      const want = this.#wanted(split.bytes, 0, split.size);
      if (want < 0 || want === split.size) {
        this.#split = undefined;
        if (want < 0) this.#break(-want);
        else this.#read(split.bytes, 0, want);
        return at;
      }
      if (at === chunk.length) return at;
      at += split.add(chunk, at, at + want - split.size);
    }
  }

  /** How many bytes the frame at `at` has, as far as `have` bytes of it tell; negative: a close code. */
  #wanted(bytes: Buffer, at: number, have: number): number {
    if (have < 2) return 2;
    if (!isLawful(bytes[at]!, bytes[at + 1]!, this.#from)) return -1002;
    const head = headBytes(bytes[at + 1]!);
    if (have < head) return head;
    const size = payloadBytes(bytes, at);
    const code = size < 0 ? 1002 : this.#refuses(bytes[at]! & 0x0f, size);
    return code > 0 ? -code : head + size;
  }

  /** The close code for a frame that may not come now or is too long, 0 for any other. */
  #refuses(opcode: number, size: number): number {
    if (opcode >= opcodes.close) return 0;
    if ((opcode === opcodes.more) !== (this.#message !== undefined)) return 1002;
    if (opcode === opcodes.binary) return 1003;
    return size > this.#mostBytes - (this.#message?.size ?? 0) ? 1009 : 0;
  }

  /** The frame that lies whole in `bytes` from `at` to `end`. */
  #read(bytes: Buffer, at: number, end: number): void {
    const start = at + headBytes(bytes[at + 1]!);
    if (this.#from === 'client') mask(bytes, start, end, bytes.readInt32LE(start - 4));
    const opcode = bytes[at]! & 0x0f;
    const isLast = bytes[at]! >= 0x80;
    if (opcode === opcodes.text && isLast) this.#give(bytes.subarray(start, end));
    else if (opcode === opcodes.ping) this.#frames.ping(bytes.subarray(start, end));
    else if (opcode === opcodes.close) this.#frames.goodbye(bytes.subarray(start, end));
    else if (opcode !== opcodes.pong) this.#addFragment(bytes, { start, end, isLast });
  }

  /** Control frames may stand between the fragments of a message (RFC 6455 §5.4). */
  #addFragment(bytes: Buffer, { start, end, isLast }: { start: number; end: number; isLast: boolean }): void {
    const message = this.#message ?? new Growing();
    message.add(bytes, start, end);
    this.#message = isLast ? undefined : message;
    if (isLast) this.#give(message.all());
  }

  #give(message: Buffer): void {
    if (isUtf8(message)) this.#frames.text(message);
    else this.#break(1007);
  }
}
