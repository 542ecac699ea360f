import { problem } from '#base';

/** Bytes from the first to the last of them, both included. */
export type ByteRange = { readonly first: number; readonly last: number };

type Headers = { readonly 'range'?: string | undefined; readonly 'if-range'?: string | string[] | undefined };

/**
 * The one range that is asked for (RFC 9110 §14.2), or undefined for the whole: no range, several of them, a unit
 * other than bytes, or one that depends on a validator, since we give none out. Throws `range-refused` for a range
 * behind the end.
 */
export function rangeOf(headers: Headers, bytes: number): ByteRange | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(headers.range ?? '') ?? [];
  if (from === undefined || to === undefined || headers['if-range'] !== undefined) return undefined;
  if (from === '')
    return to === '' ? undefined : within({ first: Math.max(0, bytes - Number(to)), last: bytes - 1 }, bytes);
  if (to !== '' && Number(to) < Number(from)) return undefined;
  return within({ first: Number(from), last: to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1) }, bytes);
}

function within(range: ByteRange, bytes: number): ByteRange {
  if (range.first < bytes) return range;
  throw problem('range-refused', `There are ${bytes} bytes.`);
}
