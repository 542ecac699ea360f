import { mask } from './mask.ts';

/** The opcodes of RFC 6455 §5.2 that are used here. */
export const opcodes = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export type Opcode = (typeof opcodes)[keyof typeof opcodes];

/** A control frame carries at most this much (RFC 6455 §5.5). */
export const mostControlBytes = 125;

/** A text message as one frame, ready to be written at once. With a `key` it is masked, as a client must. */
export function textFrame(text: string, key: number | undefined): Buffer {
  const size = Buffer.byteLength(text);
  const { frame, start } = emptyFrame(opcodes.text, size, key);
  frame.write(text, start);
  return masked(frame, start, key);
}

/**
 * The same, unmasked, as a string of bytes (latin1), for a text within ASCII and below 64 KiB; undefined for any other.
 * A socket writes such a string without any memory of ours.
 */
export function plainFrame(text: string): string | undefined {
  const { length } = text;
  if (length > 0xffff || Buffer.byteLength(text) !== length) return undefined;
  const head =
    length < 126
      ? String.fromCharCode(0x80 | opcodes.text, length)
      : String.fromCharCode(0x80 | opcodes.text, 126, length >> 8, length & 0xff);
  return head + text;
}

/** A ping, pong or close frame; what is beyond 125 bytes of payload is left out. */
export function controlFrame(opcode: Opcode, payload: Buffer, key: number | undefined): Buffer {
  const size = Math.min(payload.length, mostControlBytes);
  const { frame, start } = emptyFrame(opcode, size, key);
  payload.copy(frame, start, 0, size);
  return masked(frame, start, key);
}

/** The payload of a close frame: its code and as much of `why` as fits, cut between letters. */
export function closePayload(code: number, why: string): Buffer {
  const payload = Buffer.allocUnsafe(mostControlBytes);
  payload.writeUInt16BE(code);
  // `write` never writes half a letter.
  return payload.subarray(0, 2 + payload.write(why, 2));
}

function emptyFrame(opcode: Opcode, size: number, key: number | undefined): { frame: Buffer; start: number } {
  const lengthBytes = size < 126 ? 0 : size < 65_536 ? 2 : 8;
  const start = 2 + lengthBytes + (key === undefined ? 0 : 4);
  const frame = Buffer.allocUnsafe(start + size);
  frame[0] = 0x80 | opcode;
  frame[1] = (key === undefined ? 0 : 0x80) | (lengthBytes === 0 ? size : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) frame.writeUInt16BE(size, 2);
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(size), 2);
  if (key !== undefined) frame.writeInt32LE(key, start - 4);
  return { frame, start };
}

function masked(frame: Buffer, start: number, key: number | undefined): Buffer {
  if (key !== undefined) mask(frame, start, frame.length, key);
  return frame;
}
