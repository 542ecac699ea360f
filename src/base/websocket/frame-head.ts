import { opcodes } from './frame.ts';

/** Bytes before the payload, told by the second byte of a frame (RFC 6455 §5.2). */
export function headBytes(second: number): number {
  const size = second & 0x7f;
  return 2 + (size < 126 ? 0 : size === 126 ? 2 : 8) + (second >= 0x80 ? 4 : 0);
}

/** Payload that the whole head at `at` announces; -1 when the length is not written in the shortest way, as it must be. */
export function payloadBytes(bytes: Buffer, at: number): number {
  const size = bytes[at + 1]! & 0x7f;
  if (size < 126) return size;
  if (size === 126) {
    const medium = bytes.readUInt16BE(at + 2);
    return medium < 126 ? -1 : medium;
  }
  const high = bytes.readUInt32BE(at + 2);
  const long = high * 2 ** 32 + bytes.readUInt32BE(at + 6);
  return long < 65_536 || high >= 2 ** 31 ? -1 : long;
}

/** False when the first two bytes say what no frame of that side may say, wherever it stands. */
export function isLawful(first: number, second: number, from: 'client' | 'server'): boolean {
  const opcode = first & 0x0f;
  const isReserved =
    (first & 0x70) !== 0 || opcode > opcodes.pong || (opcode > opcodes.binary && opcode < opcodes.close);
  const isControl = opcode >= opcodes.close;
  // A control frame is one frame and short (§5.5).
  const isTooMuch = isControl && (first < 0x80 || (second & 0x7f) > 125);
  return !isReserved && !isTooMuch && second >= 0x80 === (from === 'client');
}
