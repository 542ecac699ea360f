import { canonical, type Random } from '#base';
import { gcmOpen, gcmOverhead, gcmSeal } from '#adapters/keys';

/** Bytes of 20 ms of G.711 µ-law in one direction. */
export const frameBytes = 160;
export const frameMs = 20;
export const framesPerSegment = 250;
/** Milliseconds of a segment; only the last one may be shorter. */
export const segmentMs = frameMs * framesPerSegment;
/** Bytes of a whole segment before it is sealed. */
export const segmentBytes = 2 * frameBytes * framesPerSegment;
/** µ-law for no sound at all. */
export const silence = 0xff;

/** Which piece of which recording. A recording is named by the prefix of its objects. */
export type SegmentName = { readonly prefix: string; readonly index: number };

export type Segment = {
  /** Frames of 320 bytes: 160 of the caller, then 160 of the agent. */
  readonly plain: Buffer;
  /** Nothing follows it: a recording whose last piece is not marked so was cut. */
  readonly last: boolean;
};

const version = 1;
const headLength = 2;

/** Name of the object that holds a segment: `<prefix>/000000.seg`. */
export function objectOf({ prefix, index }: SegmentName): string {
  return `${prefix}/${String(index).padStart(6, '0')}.seg`;
}

/** The index in an object's name; undefined for the name of anything else. */
export function indexOf(prefix: string, name: string): number | undefined {
  const digits = name.startsWith(`${prefix}/`) && /^(\d{6})\.seg$/.exec(name.slice(prefix.length + 1))?.[1];
  return digits ? Number(digits) : undefined;
}

/**
 * Seals a segment under the recording's key with a fresh nonce: `0x01 | flags | nonce(12) | ciphertext | tag(16)`,
 * AES-256-GCM; bit 0 of the flags marks the last segment. The associated data names recording, index and flag, so a
 * segment opens in its own place only (docs/decisions/0011-recordings-in-sealed-segments.md).
 */
export function sealSegment(key: Buffer, name: SegmentName, segment: Segment, random: Random): Buffer {
  const { plain, last } = segment;
  const before = Buffer.of(version, last ? 1 : 0);
  return gcmSeal(key, { nonce: random.bytes(12), plain, context: contextOf(name, last), before });
}

/** Opens what `sealSegment` made for this place; undefined when key, place or any bit is another. */
export function openSegment(key: Buffer, name: SegmentName, sealed: Buffer): Segment | undefined {
  if (!looksSealed(sealed)) return undefined;
  const last = sealed[1] === 1;
  const plain = gcmOpen(key, sealed.subarray(headLength), contextOf(name, last));
  return plain && { plain, last };
}

/** True for bytes of the outer form of a segment: our version, a known flag, whole frames, no more than 5 s. */
function looksSealed(sealed: Buffer): boolean {
  const length = sealed.length - headLength - gcmOverhead;
  const isWhole = length >= 0 && length <= segmentBytes && length % (2 * frameBytes) === 0;
  return isWhole && sealed[0] === version && sealed[1]! <= 1;
}

function contextOf({ prefix, index }: SegmentName, last: boolean): Buffer {
  return Buffer.from(canonical(['recording', version, prefix, index, last]), 'utf8');
}
