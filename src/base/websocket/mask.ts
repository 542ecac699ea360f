import type { Random } from '../random.ts';

/**
 * Masks or unmasks `bytes` from `from` to `to`, in place (RFC 6455 §5.3). The first byte of the mask is the lowest of
 * `key`. Whole words are done at once: a third of the time of single bytes for a frame of audio. Every machine that we
 * run on has its low byte first.
 */
export function mask(bytes: Buffer, from: number, to: number, key: number): void {
  const aligned = from + (-(bytes.byteOffset + from) & 3);
  if (aligned + 4 > to) {
    maskBytes(bytes, from, to, key);
    return;
  }
  const turned = maskBytes(bytes, from, aligned, key);
  const count = (to - aligned) >> 2;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + aligned, count);
  for (let at = 0; at < count; at += 1) words[at] = words[at]! ^ turned;
  maskBytes(bytes, aligned + count * 4, to, turned);
}

/** Returns the mask as the byte after `to` needs it. */
function maskBytes(bytes: Buffer, from: number, to: number, key: number): number {
  let turned = key;
  for (let at = from; at < to; at += 1) {
    bytes[at] = bytes[at]! ^ turned;
    turned = (turned >>> 8) | (turned << 24);
  }
  return turned;
}

const keysAtOnce = 1_024;

/** A fresh unpredictable mask for every frame (RFC 6455 §5.3), drawn from chance a thousand at a time. */
export function maskKeys(random: Random): () => number {
  let drawn: Buffer = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === drawn.length) {
      drawn = random.bytes(keysAtOnce * 4);
      at = 0;
    }
    at += 4;
    return drawn.readInt32LE(at - 4);
  };
}
