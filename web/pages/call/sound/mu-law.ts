/** G.711 µ-law (ITU-T): one byte a sample, samples from -1 to 1. */

/** No sound at all. */
export const silence = 0xff;

const bias = 0x84;
const clip = 32_635;

export function encodeSample(sample: number): number {
  const linear = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
  const sign = linear < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(linear), clip) + bias;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

const decoded = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + bias) << ((bits >> 4) & 7)) - bias;
  return (bits & 0x80 ? -magnitude : magnitude) / 32_768;
});

export function decodeSample(code: number): number {
  return decoded[code] ?? 0;
}
