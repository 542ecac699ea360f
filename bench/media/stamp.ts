/**
 * Frames that can be recognised: 20 ms of µ-law that say which call they belong to, where they stand in it and when
 * they were sent. The rest is noise that follows from both numbers, so that any changed byte shows.
 */

/** 20 ms at 8 kHz, one byte a sample. */
export const frameBytes = 160;

/** Numbers a frame that the stand-in model made up by itself; carriers do not expect it. */
export const modelsOwn = 0xffff;

/** Time is in microseconds of `nowUs`. */
export type Stamp = { readonly call: number; readonly seq: number; readonly sentUs: number };

const callAt = 0;
const seqAt = 2;
const timeAt = 6;
const noiseAt = 12;
const rows = 256;
const noise = makeNoise();

/** Microseconds of the machine's monotonic clock: the same for every process on it. */
export function nowUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e6 + Math.floor(nanoseconds / 1e3);
}

/** Writes a frame over the first 160 bytes of `frame`. */
export function stampFrame(frame: Buffer, { call, seq, sentUs }: Stamp): void {
  frame.writeUInt16BE(call, callAt);
  frame.writeUInt32BE(seq, seqAt);
  frame.writeUIntBE(sentUs, timeAt, 6);
  rowOf(call, seq).copy(frame, noiseAt);
}

/** Gives a frame another time and leaves the rest as it is. */
export function restamp(frame: Buffer, sentUs: number): void {
  frame.writeUIntBE(sentUs, timeAt, 6);
}

/** What stands in a frame: its stamp, `silence` (what bridges fill gaps with), or `altered` when a byte is wrong. */
export function readFrame(frame: Buffer): Stamp | 'silence' | 'altered' {
  const call = frame.readUInt16BE(callAt);
  const seq = frame.readUInt32BE(seqAt);
  if (frame.equals(silence)) return 'silence';
  const row = rowOf(call, seq);
  if (frame.length !== frameBytes || row.compare(frame, noiseAt) !== 0) return 'altered';
  return { call, seq, sentUs: frame.readUIntBE(timeAt, 6) };
}

/** µ-law zero (ITU-T G.711) for the length of a frame. */
const silence = Buffer.alloc(frameBytes, 0xff);

function rowOf(call: number, seq: number): Buffer {
  return noise[(call * 31 + seq) % rows]!;
}

/** The same in every process: a linear congruential generator with the constants of Numerical Recipes. */
function makeNoise(): readonly Buffer[] {
  let state = 1;
  const byte = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
  return Array.from({ length: rows }, () => Buffer.from(Array.from({ length: frameBytes - noiseAt }, byte)));
}
