import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes kept of each password: one in twenty million others is taken for one of 49,000. */
export const fingerprintLength = 5;

/** The start of SHA-256 over a password in small letters. */
export function fingerprintOf(word: string): Buffer {
  return hash('sha256', word, 'buffer').subarray(0, fingerprintLength);
}

/**
 * Reads the list of passwords that leaks have shown to be common: fingerprints, sorted, beside this file. It is asked
 * here and nowhere else: no password, and no part of its hash, leaves the process for that.
 */
export function commonPasswords(): (word: string) => boolean {
  const list = readFileSync(join(import.meta.dirname, 'common-passwords.bin'));
  return (word) => holds(list, fingerprintOf(word));
}

function holds(list: Buffer, wanted: Buffer): boolean {
  let low = 0;
  let high = list.length / fingerprintLength;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = middle * fingerprintLength;
    const order = list.compare(wanted, 0, fingerprintLength, at, at + fingerprintLength);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}
