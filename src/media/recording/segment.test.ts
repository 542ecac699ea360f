import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '#base';
import { indexOf, objectOf, openSegment, sealSegment, segmentBytes } from './segment.ts';

const random = seededRandom('segments');
const key = random.bytes(32);
const plain = random.bytes(segmentBytes);
const here = { prefix: 'recordings/a/b', index: 3 };

test('a segment opens with its key in its own place, and nowhere else', () => {
  const sealed = sealSegment(key, here, { plain, last: false }, random);
  assert.deepEqual(openSegment(key, here, sealed), { plain, last: false });
  assert.equal(openSegment(random.bytes(32), here, sealed), undefined, 'another key');
  assert.equal(openSegment(key, { ...here, index: 4 }, sealed), undefined, 'another place in the recording');
  assert.equal(openSegment(key, { ...here, prefix: 'recordings/a/c' }, sealed), undefined, 'another recording');
});

test('no bit of a segment can be changed, cut off or added, the mark of the last one included', () => {
  const sealed = sealSegment(key, here, { plain: plain.subarray(0, 640), last: false }, random);
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    assert.equal(openSegment(key, here, changed), undefined, `byte ${at}`);
  }
  for (const cut of [0, 1, 2, 29, 30, sealed.length - 320, sealed.length - 1]) {
    assert.equal(openSegment(key, here, sealed.subarray(0, cut)), undefined, `cut to ${cut}`);
  }
  assert.equal(openSegment(key, here, Buffer.concat([sealed, Buffer.alloc(320)])), undefined);
});

test('the same audio sealed twice has nothing in common', () => {
  const [one, other] = [0, 1].map(() => sealSegment(key, here, { plain, last: true }, random)) as [Buffer, Buffer];
  assert.deepEqual(one.subarray(0, 2), other.subarray(0, 2));
  assert.notDeepEqual(one.subarray(2, 14), other.subarray(2, 14));
  assert.notDeepEqual(one.subarray(14, 30), other.subarray(14, 30));
});

test('objects are named so that their order is that of the segments', () => {
  const names = [0, 9, 10, 99, 1_000, 999_999].map((index) => objectOf({ prefix: here.prefix, index }));
  assert.deepEqual(names.toSorted(), names);
  assert.deepEqual(
    names.map((name) => indexOf(here.prefix, name)),
    [0, 9, 10, 99, 1_000, 999_999],
  );
  for (const other of ['recordings/a/b/1.seg', 'recordings/a/bc/000001.seg', 'recordings/a/b/000001.seg.old', '']) {
    assert.equal(indexOf(here.prefix, other), undefined);
  }
});
