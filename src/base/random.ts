import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Randomness as a sense. Secrets and ids come from here, so that a test can repeat a run. */
export type Random = { bytes(count: number): Buffer };

export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

/** Repeatable bytes for tests and simulation; never for a running product. */
export function seededRandom(seed: string): Random {
  let block = 0;
  return {
    bytes(count) {
      const parts: Buffer[] = [];
      for (let have = 0; have < count; have += 32) {
        parts.push(createHash('sha256').update(`${seed}:${block++}`).digest());
      }
      return Buffer.concat(parts).subarray(0, count);
    },
  };
}

/** A row's name: a UUID in its usual text form. */
export type Id = string;

/** A fresh UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits, so ids sort by age. */
export function newId({ clock, random }: { clock: Clock; random: Random }): Id {
  const bytes = random.bytes(16);
  bytes.writeUIntBE(clock.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the exact text form of a UUID; anything else must not reach a `uuid` column. */
export function isId(text: string): text is Id {
  return idShape.test(text);
}
