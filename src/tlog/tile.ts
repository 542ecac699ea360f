import { nodeHash } from './merkle.ts';
import type { HashAt } from './proofs.ts';

/** Tiles as https://c2sp.org/tlog-tiles cuts a tree into them: up to 256 hashes of one level, eight levels apart. */
export const tileWidth = 256;
/** Levels of the tree between a tile and the one above it. */
const tileHeight = 8;
/** What a length of two bytes can say. */
const mostEntryBytes = 0xffff;

/** Which tile: of level `level` (0: leaves), the `index`-th, with `width` hashes in it. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** Where a tile lies below the log's prefix: `tile/0/x001/234`, and `.p/17` behind one that is not full. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${indexPath(index, width)}`;
}

/** Where the entries of a tile of level 0 lie. */
export function entriesPath({ index, width }: Omit<Tile, 'level'>): string {
  return `tile/entries/${indexPath(index, width)}`;
}

/** The tile that a path names (without prefix); undefined when it names none. Of entries the level is `entries`. */
export function parseTilePath(
  path: string,
): (Omit<Tile, 'level'> & { readonly level: number | 'entries' }) | undefined {
  const [, level = '', places = '', part] =
    /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? [];
  const index = Number(places.replaceAll(/[x/]/g, ''));
  const width = part === undefined ? tileWidth : Number(part);
  const isWhole = places !== '' && Number.isSafeInteger(index) && (part === undefined || width < tileWidth);
  // A number that could be written shorter has another path.
  if (!isWhole || indexPath(index, width) !== `${places}${part === undefined ? '' : `.p/${part}`}`) return undefined;
  return { level: level === 'entries' ? level : Number(level), index, width };
}

/** How wide a tile is in a tree of that size; 0 when it is not there yet. */
export function widthOfTile({ level, index }: Pick<Tile, 'level' | 'index'>, size: number): number {
  const hashes = Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, hashes - index * tileWidth));
}

/** All tiles of a tree of that size, full or not, lowest level first. */
export function tilesOf(size: number): Tile[] {
  const tiles: Tile[] = [];
  for (let [level, hashes] = [0, size]; hashes > 0; [level, hashes] = [level + 1, Math.floor(hashes / tileWidth)]) {
    for (let index = 0; index * tileWidth < hashes; index += 1) {
      tiles.push({ level, index, width: Math.min(tileWidth, hashes - index * tileWidth) });
    }
  }
  return tiles;
}

/**
 * The nodes of a tree of that size, from its tiles. Each tile is read once; one that has fewer hashes than it should
 * throws a RangeError.
 */
export function hashesIn(read: (tile: Tile) => Buffer | Promise<Buffer>, size: number): HashAt {
  const seen = new Map<string, Promise<Buffer>>();
  const tileOf = (level: number, index: number) => {
    const tile = { level, index, width: widthOfTile({ level, index }, size) };
    const path = tilePath(tile);
    const bytes = seen.get(path) ?? Promise.resolve(read(tile)).then((found) => checked(found, tile));
    seen.set(path, bytes);
    return bytes;
  };
  return async (level, index) => {
    const tileLevel = Math.floor(level / tileHeight);
    const count = 2 ** (level % tileHeight);
    const first = index * count;
    const bytes = await tileOf(tileLevel, Math.floor(first / tileWidth));
    return folded(bytes, (first % tileWidth) * 32, count);
  };
}

/** The entries of a tile of level 0 in one file, each behind its length in two bytes. */
export function entryBundle(entries: readonly Uint8Array[]): Buffer {
  if (entries.some(({ length }) => length > mostEntryBytes)) throw new RangeError('an entry has 65,535 bytes at most');
  return Buffer.concat(entries.flatMap((entry) => [Buffer.of(entry.length >> 8, entry.length & 0xff), entry]));
}

/** The entries in such a file; undefined when it is cut off. */
export function parseEntryBundle(bundle: Buffer): Buffer[] | undefined {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    if (at + 2 > bundle.length) return undefined;
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) return undefined;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

function indexPath(index: number, width: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  const places = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === tileWidth ? places : `${places}.p/${width}`;
}

function checked(bytes: Buffer, tile: Tile): Buffer {
  if (tile.width === 0 || bytes.length < tile.width * 32) throw new RangeError(`${tilePath(tile)} is not whole`);
  return bytes.subarray(0, tile.width * 32);
}

/** The root over that many hashes of a tile, which are a power of two. */
function folded(bytes: Buffer, from: number, count: number): Buffer {
  if (from + count * 32 > bytes.length) throw new RangeError('the tree has no such node');
  if (count === 1) return bytes.subarray(from, from + 32);
  const half = count / 2;
  return nodeHash(folded(bytes, from, half), folded(bytes, from + half * 32, half));
}
