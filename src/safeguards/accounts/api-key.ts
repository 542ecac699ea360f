import { crc32 } from 'node:zlib';
import type { Random } from '#base';

/**
 * What an API key looks like, for secret scanners: a typed prefix, the part that names it, 32 random bytes and a
 * checksum, so that a find is certain without asking us. Published; it tells nothing about any key.
 */
export const apiKeyPattern = /^sotto_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/;

/** A key in full and the part of it that names its row. */
export type WrittenKey = { readonly key: string; readonly keyId: string };

/** Makes a fresh key: `sotto_live_<id>_<secret>_<checksum>`, base62. With a `keyId`, another secret of that key. */
export function writeApiKey(random: Random, keyId = base62(random.bytes(8), 12)): WrittenKey {
  const body = `sotto_live_${keyId}_${base62(random.bytes(32), 43)}`;
  return { key: `${body}_${checksum(body)}`, keyId };
}

/** The part that names the key, or undefined for anything that was never a key: a typing error costs no look-up. */
export function keyIdOf(key: string): string | undefined {
  if (!apiKeyPattern.test(key)) return undefined;
  const at = key.lastIndexOf('_');
  return checksum(key.slice(0, at)) === key.slice(at + 1) ? key.split('_')[2] : undefined;
}

function checksum(body: string): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return base62(sum, 6);
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The bytes as one big-endian number in base 62, padded on the left. `length` must have room for all of it. */
function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let at = 0; at < length; at++) {
    text = digits[Number(rest % 62n)]! + text;
    rest /= 62n;
  }
  return text;
}
