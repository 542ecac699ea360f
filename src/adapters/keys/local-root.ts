import { hkdfSync } from 'node:crypto';
import { problem, type Random } from '#base';
import { gcmOpen, gcmSeal } from './aead.ts';
import type { RootKey } from './key-provider.ts';

/** A root key whose 32 bytes are in this process. Wrapping has a key of its own, which `deriveKey` cannot give out. */
export function localRoot(key: Buffer, random: Random): RootKey {
  if (key.length !== 32) throw new TypeError('a root key has 32 bytes');
  const wrapping = expand(key, 'sotto/wrap/v1');
  return {
    wrap: async (plain, context) =>
      gcmSeal(wrapping, { nonce: random.bytes(12), plain, context: Buffer.from(context) }),
    async unwrap(wrapped, context) {
      const plain = gcmOpen(wrapping, wrapped, Buffer.from(context));
      if (plain) return plain;
      throw problem(
        'root-key-wrong',
        'The root key does not open this. Start with the root key that the keystore was made with.',
      );
    },
    seed: key,
  };
}

/** 32 bytes bound to `key` and `purpose`: HKDF-SHA-256 with empty salt and info `sotto/v1/<purpose>`. */
export function deriveKey(key: Buffer, purpose: string): Buffer {
  if (purpose === '') throw new TypeError('a derived key needs a purpose');
  return expand(key, `sotto/v1/${purpose}`);
}

function expand(key: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), info, 32));
}
