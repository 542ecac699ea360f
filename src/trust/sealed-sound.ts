/** Version, flags, nonce and tag of a sealed segment. */
const around = 2 + 12 + 16;
const mostSound = 80_000;
const frame = 320;

/** Longer runs of one byte come about by chance once in 10^12 segments; silence is nothing else. */
const longestRun = 7;
/** Chi-square of 256 equally likely bytes is 255 ± 23; ten times that is no chance any more. */
const mostUneven = 255 + 10 * 23;
/** With fewer bytes the figure says nothing. */
const enough = 256 * 16;

/** Why these bytes cannot be a sealed segment, in fixed words; undefined when they can. Knows no key. */
export function faultIn(bytes: Buffer): string | undefined {
  const sound = bytes.length - around;
  const isOfForm = sound >= 0 && sound <= mostSound && sound % frame === 0 && bytes[0] === 1 && bytes[1]! <= 1;
  if (!isOfForm) return 'a piece of a recording is not of the sealed form';
  const sealed = bytes.subarray(2);
  if (runIn(sealed) > longestRun) return 'a piece of a recording holds a run of equal bytes';
  if (sealed.length >= enough && unevenness(sealed) > mostUneven) return 'a piece of a recording is not evenly spread';
  return undefined;
}

/** Length of the longest run of one byte. */
function runIn(bytes: Buffer): number {
  let longest = 0;
  let run = 0;
  let before = -1;
  for (const byte of bytes) {
    run = byte === before ? run + 1 : 1;
    before = byte;
    if (run > longest) longest = run;
  }
  return longest;
}

/** Pearson's chi-square of the bytes against an even spread. */
function unevenness(bytes: Buffer): number {
  const counts = Array.from({ length: 256 }, () => 0);
  for (const byte of bytes) counts[byte]! += 1;
  const due = bytes.length / 256;
  return counts.reduce((sum, count) => sum + (count - due) ** 2 / due, 0);
}
