import { penalty } from './qr-penalty.ts';
import { checkBytes } from './reed-solomon.ts';

/** A QR symbol (ISO/IEC 18004) as rows of modules; true is dark. */
export type Symbol = readonly (readonly boolean[])[];

/** Of each version from 1 on, at error correction level M: check bytes of a block, and how many blocks (table 9). */
const checksPerBlock = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

/** Draws a text as a QR symbol: bytes, level M, the smallest version that holds it. Throws above 666 bytes. */
export function qrSymbol(text: string): Symbol {
  const data = new TextEncoder().encode(text);
  const version = checksPerBlock.findIndex((_, at) => data.length <= capacity(at + 1)) + 1;
  if (version === 0) throw new RangeError('too much for one symbol');
  const bits = bitsOf(withChecks(dataWords(data, version), version));
  const drawn = [0, 1, 2, 3, 4, 5, 6, 7].map((mask) => draw(version, bits, mask));
  return drawn.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

function sizeOf(version: number): number {
  return version * 4 + 17;
}

/** Whole bytes of a symbol besides its patterns. */
function totalWords(version: number): number {
  const size = sizeOf(version);
  const grid = blank(version);
  let free = 0;
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) if (grid[y]![x] === undefined) free += 1;
  return Math.floor(free / 8);
}

function dataLength(version: number): number {
  return totalWords(version) - checksPerBlock[version - 1]! * blocks[version - 1]!;
}

function lengthBits(version: number): number {
  return version < 10 ? 8 : 16;
}

function capacity(version: number): number {
  return Math.floor((dataLength(version) * 8 - 4 - lengthBits(version)) / 8);
}

/** Mode, length, bytes, end, and padding (7.4). */
function dataWords(data: Uint8Array, version: number): number[] {
  const bits = [...wordBits(0b0100, 4), ...wordBits(data.length, lengthBits(version))];
  for (const byte of data) bits.push(...wordBits(byte, 8));
  const room = dataLength(version) * 8;
  bits.push(...Array.from({ length: Math.min(4, room - bits.length) }, () => false));
  while (bits.length % 8 !== 0) bits.push(false);
  const words = Array.from({ length: bits.length / 8 }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((word, bit) => word * 2 + (bit ? 1 : 0), 0),
  );
  for (let pad = 0; words.length < room / 8; pad += 1) words.push(pad % 2 === 0 ? 0xec : 0x11);
  return words;
}

/** Cuts the data into blocks, adds the check bytes of each, and deals both out in turn (7.6). */
function withChecks(words: readonly number[], version: number): number[] {
  const count = blocks[version - 1]!;
  const checks = checksPerBlock[version - 1]!;
  const short = Math.floor(words.length / count);
  const longOnes = words.length % count;
  const parts: number[][] = [];
  let from = 0;
  for (let block = 0; block < count; block += 1) {
    const length = short + (block >= count - longOnes ? 1 : 0);
    parts.push(words.slice(from, from + length));
    from += length;
  }
  const ends = parts.map((part) => checkBytes(part, checks));
  const dealt: number[] = [];
  for (let at = 0; at <= short; at += 1) for (const part of parts) if (at < part.length) dealt.push(part[at]!);
  for (let at = 0; at < checks; at += 1) for (const end of ends) dealt.push(end[at]!);
  return dealt;
}

function wordBits(word: number, length: number): boolean[] {
  return Array.from({ length }, (_, at) => ((word >> (length - 1 - at)) & 1) === 1);
}

function bitsOf(words: readonly number[]): boolean[] {
  return words.flatMap((word) => wordBits(word, 8));
}

type Grid = (boolean | undefined)[][];

/** The patterns of a version, format and version information reserved; undefined is room for data. */
function blank(version: number): Grid {
  const size = sizeOf(version);
  const grid: Grid = Array.from({ length: size }, () => Array.from({ length: size }, () => undefined));
  for (let at = 0; at < size; at += 1) {
    grid[6]![at] = at % 2 === 0;
    grid[at]![6] = at % 2 === 0;
  }
  const places = alignmentAt(version);
  for (const y of places) for (const x of places) if (!isCorner(x, y, size)) drawSquare(grid, x, y, 2);
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    drawSquare(grid, x, y, 4);
  putFormat(grid, 0);
  if (version >= 7) putVersion(grid, version);
  return grid;
}

/** A square within a square: finder (reach 4, its light border included) or alignment (reach 2). */
function drawSquare(grid: Grid, x: number, y: number, reach: number): void {
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      const row = grid[y + dy];
      if (row && x + dx >= 0 && x + dx < row.length) row[x + dx] = reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1;
    }
}

/** Annex E. */
function alignmentAt(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const last = sizeOf(version) - 7;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => last - at * step).toReversed()];
}

function isCorner(x: number, y: number, size: number): boolean {
  const last = size - 7;
  return (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
}

/** Level M is 00; BCH (15,5), then the mask of 7.9. */
function putFormat(grid: Grid, mask: number): void {
  const size = grid.length;
  const bits = ((mask << 10) | remainder(mask << 10, 0x537)) ^ 0x5412;
  const bit = (at: number) => ((bits >> at) & 1) === 1;
  for (let at = 0; at < 15; at += 1) {
    const along = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at;
    grid[along]![8] = bit(at);
    const across = at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at;
    grid[8]![across] = bit(at);
  }
  grid[size - 8]![8] = true;
}

/** BCH (18,6) of 7.10. */
function putVersion(grid: Grid, version: number): void {
  const bits = (version << 12) | remainder(version << 12, 0x1f25);
  for (let at = 0; at < 18; at += 1) {
    const far = grid.length - 11 + (at % 3);
    const near = Math.floor(at / 3);
    const isDark = ((bits >> at) & 1) === 1;
    grid[near]![far] = isDark;
    grid[far]![near] = isDark;
  }
}

function remainder(value: number, divisor: number): number {
  const length = (number: number) => 32 - Math.clz32(number);
  let left = value;
  while (length(left) >= length(divisor)) left ^= divisor << (length(left) - length(divisor));
  return left;
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Lays the bits in two columns at a time, upwards and downwards in turn from the right (7.7.3), under a mask. */
function draw(version: number, bits: readonly boolean[], mask: number): Symbol {
  const grid = blank(version);
  const size = grid.length;
  const room = grid.map((row) => row.map((module) => module === undefined));
  let next = 0;
  for (const { x, y } of path(size)) {
    if (!room[y]![x]) continue;
    grid[y]![x] = (bits[next] ?? false) !== masks[mask]!(x, y);
    next += 1;
  }
  putFormat(grid, mask);
  return grid.map((row) => row.map((module) => module === true));
}

/** Every place in the order of the bits; the column of the timing pattern is stepped over. */
function* path(size: number): Generator<{ readonly x: number; readonly y: number }> {
  for (let pair = 0; pair < (size - 1) / 2; pair += 1) {
    const right = size - 1 - pair * 2;
    const column = right <= 6 ? right - 1 : right;
    for (let at = 0; at < size; at += 1) {
      const y = pair % 2 === 0 ? size - 1 - at : at;
      yield { x: column, y };
      yield { x: column - 1, y };
    }
  }
}
