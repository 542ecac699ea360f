import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { appendHashes, emptyRange, leafHash, rootOfRange } from './merkle.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proofs.ts';
import {
  entriesPath,
  entryBundle,
  hashesIn,
  parseEntryBundle,
  parseTilePath,
  tilePath,
  tilesOf,
  widthOfTile,
  type Tile,
} from './tile.ts';

test('tiles lie where the specification says', () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 2, index: 0, width: 1 }), 'tile/2/000.p/1');
  assert.equal(tilePath({ level: 63, index: 999, width: 255 }), 'tile/63/999.p/255');
  assert.equal(entriesPath({ index: 1000, width: 256 }), 'tile/entries/x001/000');
});

test('a tree of 70,000 and one of 256 have the tiles of the specification', () => {
  const widths = (size: number, level: number) => tilesOf(size).filter((tile) => tile.level === level);
  assert.equal(widths(70_000, 0).length, 274);
  assert.deepEqual(widths(70_000, 0).at(-1), { level: 0, index: 273, width: 112 });
  assert.deepEqual(
    widths(70_000, 1).map(({ width }) => width),
    [256, 17],
  );
  assert.deepEqual(widths(70_000, 2), [{ level: 2, index: 0, width: 1 }]);
  assert.deepEqual(tilesOf(256), [
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 1 },
  ]);
  assert.deepEqual(tilesOf(0), []);
  for (const tile of tilesOf(70_000)) assert.equal(widthOfTile(tile, 70_000), tile.width);
  assert.equal(widthOfTile({ level: 0, index: 274 }, 70_000), 0);
});

test('every tile has one path, and no other text is one', () => {
  const level = fc.integer({ min: 0, max: 63 });
  const tiles = fc
    .tuple(level, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }))
    .map(([at, index, width]) => ({ level: at, index, width }));
  fc.assert(
    fc.property(tiles, (tile) => {
      assert.deepEqual(parseTilePath(tilePath(tile)), tile);
      assert.deepEqual(parseTilePath(entriesPath(tile)), { ...tile, level: 'entries' });
    }),
  );
  const others =
    'tile/64/000|tile/00/000|tile/0/0|tile/0/x000/001|tile/0/x001/67|tile/0/000.p/0|tile/0/000.p/256|tile/0/000.p/01|tile/0/x067|/tile/0/000|tile/0/000/|tile/entry/000|tile/0/../000';
  for (const other of others.split('|')) assert.equal(parseTilePath(other), undefined, other);
});

test('proofs are made from tiles alone', async () => {
  const leaves = Array.from({ length: 70_000 }, (_, at) => leafHash(Buffer.from(`${at}`)));
  const nodes = new Map<string, Buffer>();
  appendHashes(emptyRange, leaves, (level, index, hash) => nodes.set(`${level}/${index}`, hash));
  const read = ({ level, index, width }: Tile) =>
    Buffer.concat(Array.from({ length: width }, (_, at) => nodes.get(`${level * 8}/${index * 256 + at}`)!));
  for (const size of [1, 2, 255, 256, 257, 65_536, 65_537, 70_000]) {
    const root = rootOfRange(appendHashes(emptyRange, leaves.slice(0, size)));
    const hashAt = hashesIn(read, size);
    for (const index of [0, Math.floor(size / 2), size - 1]) {
      const proof = await inclusionProof(hashAt, index, size);
      assert.equal(verifyInclusion({ leaf: leaves[index]!, index, size, root }, proof), true, `${index} of ${size}`);
      const old = { size: index + 1, root: rootOfRange(appendHashes(emptyRange, leaves.slice(0, index + 1))) };
      const grown = await consistencyProof(hashAt, old.size, size);
      assert.equal(verifyConsistency({ old, head: { size, root } }, grown), true, `${old.size} in ${size}`);
    }
  }
  const short = hashesIn((tile) => read(tile).subarray(32), 70_000);
  await assert.rejects(inclusionProof(short, 0, 70_000), RangeError);
});

test('entries come out of a bundle as they went in, and a bundle that is cut off has none', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 }), (entries) => {
      const bundle = entryBundle(entries);
      assert.deepEqual(parseEntryBundle(bundle), entries.map(Buffer.from));
      if (bundle.length > 0) assert.notDeepEqual(parseEntryBundle(bundle.subarray(0, -1)), entries.map(Buffer.from));
    }),
  );
  assert.deepEqual(entryBundle([Buffer.alloc(258, 1)]).subarray(0, 3), Buffer.of(1, 2, 1));
  assert.equal(parseEntryBundle(Buffer.of(0)), undefined);
  assert.equal(parseEntryBundle(Buffer.of(0, 2, 7)), undefined);
  assert.throws(() => entryBundle([Buffer.alloc(65_536)]), RangeError);
});
