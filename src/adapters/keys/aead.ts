import { createCipheriv, createDecipheriv } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;
const nothing = Buffer.alloc(0);

/** Bytes that `gcmSeal` adds to what it seals. */
export const gcmOverhead = nonceLength + tagLength;

/** What AES-256-GCM takes. The nonce is 12 random bytes: safe for 2^32 messages a key (NIST SP 800-38D §8.3). */
export type GcmInput = {
  readonly nonce: Buffer;
  readonly plain: Buffer;
  readonly context: Buffer;
  /** What is to stand before the sealed bytes, as it is: putting it there later would copy them all. Default: nothing. */
  readonly before?: Buffer;
};

/**
 * AES-256-GCM: `nonce(12) | ciphertext | tag(16)`, with `context` as associated data.
 * The one place where Sotto encrypts; root, vault and keystore all come here.
 */
export function gcmSeal(key: Buffer, { nonce, plain, context, before = nothing }: GcmInput): Buffer {
  if (nonce.length !== nonceLength) throw new TypeError('a GCM nonce has 12 bytes');
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(context);
  return Buffer.concat([before, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The plain bytes, or undefined when key, context or any bit of `sealed` is not what was sealed. */
export function gcmOpen(key: Buffer, sealed: Buffer, context: Buffer): Buffer | undefined {
  if (sealed.length < gcmOverhead) return undefined;
  const tagAt = sealed.length - tagLength;
  // Without authTagLength Node 24 takes a tag of 4 bytes, which is forged in 2^32 tries (facts: security §0.1).
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plain = decipher.update(sealed.subarray(nonceLength, tagAt));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    plain.fill(0);
    return undefined;
  }
}
