import { isUtf8 } from 'node:buffer';
import { opcodes } from './frame.ts';
import { growing } from './growing.ts';

/** What comes out of the bytes, in order. Buffers are only lent. */
export type Frames = {
  /** A whole message, checked to be UTF-8. */
  text(message: Buffer): void;
  ping(payload: Buffer): void;
  close(payload: Buffer): void;
  /** The other side broke the protocol; `code` says how (RFC 6455 §7.4.1). Nothing follows. */
  broken(code: number): void;
};

export type Messages = {
  /** The close code for a frame that may not come now or is too long, 0 for any other. */
  refuses(opcode: number, size: number): number;
  frame(first: number, payload: Buffer): void;
};

/** Puts messages together from their fragments; control frames may stand between these (RFC 6455 §5.4). */
export function messagesOf(frames: Frames, mostBytes: number): Messages {
  const fragments = growing();
  let isInFragments = false;
  const give = (message: Buffer) => {
    if (isUtf8(message)) frames.text(message);
    else frames.broken(1007);
  };
  return {
    refuses(opcode, size) {
      if (opcode >= opcodes.close) return 0;
      if ((opcode === opcodes.more) !== isInFragments) return 1002;
      if (opcode === opcodes.binary) return 1003;
      return size > mostBytes - fragments.size() ? 1009 : 0;
    },
    frame(first, payload) {
      const opcode = first & 0x0f;
      const isLast = first >= 0x80;
      if (opcode === opcodes.ping) frames.ping(payload);
      else if (opcode === opcodes.close) frames.close(payload);
      else if (opcode === opcodes.text && isLast) give(payload);
      else if (opcode !== opcodes.pong) {
        fragments.add(payload, 0, payload.length);
        isInFragments = !isLast;
        if (isLast) give(fragments.empty());
      }
    },
  };
}
