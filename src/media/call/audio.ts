/** G.711 µ-law at 8 kHz (ITU-T G.711): one byte a sample, base64 as it stands on the wires of carrier and model. */
export const frameMs = 20;
export const frameBytes = 160;
export const bytesPerMs = 8;

/** Characters of a frame in base64, of which the last two are padding. */
export const frameLetters = 216;
const padding = '='.charCodeAt(0);

/** The µ-law code of a sample of zero. */
export const silentByte = 0xff;
export const silentFrame = Buffer.alloc(frameBytes, silentByte).toString('base64');

/** True for base64 of exactly one frame: nothing has to be decoded to send it on. */
export function isFrame(payload: string): boolean {
  return payload.length === frameLetters && payload.charCodeAt(frameLetters - 2) === padding;
}

/** Bytes that base64 stands for. */
export function bytesIn(payload: string): number {
  const { length } = payload;
  if (payload.charCodeAt(length - 1) !== padding) return (length * 3) >> 2;
  return ((length * 3) >> 2) - (payload.charCodeAt(length - 2) === padding ? 2 : 1);
}
