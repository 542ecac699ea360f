import type { StreamEvent } from '../stream.ts';

/** Digits of the longest number in a message: milliseconds of thirty years. */
export const longestNumber = 12;
const longestName = 64;
/** As for every other message. */
const largestBytes = 16 * 1_024;

const opening = Buffer.from('{"event":"media","sequenceNumber":"');
const streamField = Buffer.from('","streamSid":"');
const mediaField = Buffer.from('","media":{"track":"inbound","chunk":"');
const timestampField = Buffer.from('","timestamp":"');
const payloadField = Buffer.from('","payload":"');
const closing = Buffer.from('"}}');
const closingBefore = Buffer.from('"},"streamSid":"');
const closingAfter = Buffer.from('"}');

const zero = 0x30;
const quote = 0x22;
const [isLetter, isBase64Byte] = ['[0-9A-Za-z]', '[0-9A-Za-z+/]'].map(table) as [Uint8Array, Uint8Array];

/**
 * Cuts the audio out of a `media` message without parsing it: fifty of them come every second of every call. Undefined
 * for any message that is not byte for byte as the carrier writes them today (with the stream's name before or after the
 * audio), whatever it is; the parser then decides. What is cut here the parser would read alike.
 */
export function cutMedia(message: Buffer): StreamEvent | undefined {
  if (message.length > largestBytes) return undefined;
  const sequence = digits(message, past(message, 0, opening));
  const named = letters(message, past(message, sequence, streamField));
  const media = digits(message, past(message, named < 0 ? sequence : named, mediaField));
  const stamp = past(message, media, timestampField);
  const from = past(message, digits(message, stamp), payloadField);
  const to = base64(message, from);
  const rest = named < 0 ? letters(message, past(message, to, closingBefore)) : to;
  if (past(message, rest, named < 0 ? closingAfter : closing) !== message.length) return undefined;
  return { type: 'audio', payload: message.toString('latin1', from, to), atMs: numberAt(message, stamp) };
}

/** True for base64 (RFC 4648 §4) of at least one byte, padded. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[0-9A-Za-z+/]+={0,2}$/.test(text);
}

/** Each of these returns the place after what was due at `at`, or -1 when it is not there or `at` is -1 already. */
function past(message: Buffer, at: number, due: Buffer): number {
  if (at < 0 || at + due.length > message.length) return -1;
  for (let index = 0; index < due.length; index += 1) {
    if (message[at + index] !== due[index]) return -1;
  }
  return at + due.length;
}

function digits(message: Buffer, at: number): number {
  if (at < 0) return -1;
  let end = at;
  while (isDigit(message[end])) end += 1;
  return end > at && end - at <= longestNumber ? end : -1;
}

function letters(message: Buffer, at: number): number {
  if (at < 0) return -1;
  let end = at;
  while (isLetter[message[end] ?? quote] === 1) end += 1;
  return end > at && end - at <= longestName ? end : -1;
}

function base64(message: Buffer, at: number): number {
  if (at < 0) return -1;
  let end = at;
  while (isBase64Byte[message[end] ?? quote] === 1) end += 1;
  if (end === at) return -1;
  const padding = 0x3d;
  for (let most = 2; most > 0 && message[end] === padding; most -= 1) end += 1;
  return (end - at) % 4 === 0 ? end : -1;
}

function numberAt(message: Buffer, at: number): number {
  let value = 0;
  for (let end = at; isDigit(message[end]); end += 1) value = value * 10 + (message[end] ?? zero) - zero;
  return value;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= zero + 9;
}

/** 1 for each byte that is a character of the class. */
function table(characters: string): Uint8Array {
  const one = new RegExp(`^${characters}$`);
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(one.test(String.fromCharCode(byte))));
}
