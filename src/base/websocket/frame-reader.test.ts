import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { closePayload, controlFrame, opcodes, textFrame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { mask } from './mask.ts';

type Seen = ['text' | 'ping' | 'close', string] | ['broken', number];
type From = 'client' | 'server';

/** Reads the pieces as they come and says what came out. */
function seenIn(pieces: readonly Buffer[], from: From, mostBytes = 1024): Seen[] {
  const seen: Seen[] = [];
  const reader = new FrameReader(
    { from, mostBytes },
    {
      text: (message) => void seen.push(['text', message.toString()]),
      ping: (payload) => void seen.push(['ping', payload.toString('hex')]),
      goodbye: (payload) => void seen.push(['close', payload.toString('hex')]),
      broken: (code) => void seen.push(['broken', code]),
    },
  );
  // Copies, because bytes are unmasked where they lie.
  for (const piece of pieces) reader.take(Buffer.from(piece));
  return seen;
}

/** A frame as RFC 6455 §5.2 draws it, byte by byte: no code of the product helps. */
function drawn(first: number, payload: Buffer, key?: readonly number[]): Buffer {
  const size = payload.length;
  const bit = key ? 0x80 : 0;
  const length =
    size < 126
      ? [bit | size]
      : size < 65_536
        ? [bit | 126, size >> 8, size & 255]
        : [bit | 127, 0, 0, 0, 0, size >>> 24, (size >> 16) & 255, (size >> 8) & 255, size & 255];
  const carried = key ? payload.map((byte, at) => byte ^ key[at % 4]!) : payload;
  return Buffer.concat([Buffer.of(first, ...length, ...(key ?? [])), carried]);
}

function cutUp(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
}

const key = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const control = fc.uint8Array({ maxLength: 125 }).map((payload) => Buffer.from(payload));
const message = fc.record({
  text: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ minLength: 126, maxLength: 400 })),
  fragments: fc.array(fc.nat(), { maxLength: 4 }),
  pings: fc.array(fc.option(control, { nil: undefined }), { maxLength: 5 }),
});

test('however a stream is split, the same messages come out, fragments put together and pings in between', () => {
  const wire = fc.array(message, { maxLength: 5 });
  fc.assert(
    fc.property(
      wire,
      fc.array(key, { minLength: 1 }),
      fc.array(fc.nat()),
      fc.boolean(),
      (all, keys, cuts, isMasked) => {
        const frames: Buffer[] = [];
        const expected: Seen[] = [];
        let drawnKeys = 0;
        const put = (first: number, payload: Buffer) =>
          frames.push(drawn(first, payload, isMasked ? keys[drawnKeys++ % keys.length] : undefined));
        for (const { text, fragments, pings } of all) {
          const pieces = cutUp(Buffer.from(text), fragments);
          for (const [at, piece] of pieces.entries()) {
            put((at === pieces.length - 1 ? 0x80 : 0) | (at === 0 ? opcodes.text : opcodes.more), piece);
            const ping = pings[at];
            if (!ping || at === pieces.length - 1) continue;
            put(0x89, ping);
            put(0x8a, ping);
            expected.push(['ping', ping.toString('hex')]);
          }
          expected.push(['text', Buffer.from(text).toString()]);
        }
        const pieces = cutUp(Buffer.concat(frames), cuts);
        assert.deepEqual(seenIn(pieces, isMasked ? 'client' : 'server', 4_096), expected);
      },
    ),
  );
});

test('every split of a long message at every single byte gives it whole', () => {
  const text = 'é'.repeat(200);
  const bytes = drawn(0x81, Buffer.from(text), [1, 2, 3, 250]);
  for (let at = 0; at <= bytes.length; at += 1) {
    assert.deepEqual(seenIn([bytes.subarray(0, at), bytes.subarray(at)], 'client'), [['text', text]], `cut at ${at}`);
  }
  const singles = Array.from(bytes, (byte) => Buffer.of(byte));
  assert.deepEqual(seenIn(singles, 'client'), [['text', text]]);
});

test('what is written can be read by the other side, masked and not, in every length', () => {
  for (const size of [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]) {
    for (const given of [undefined, 0, -1, 0x12345678]) {
      const text = 'a'.repeat(size);
      const frame = textFrame(text, given);
      assert.deepEqual(seenIn([frame], given === undefined ? 'server' : 'client', 100_000), [['text', text]]);
    }
  }
  const ping = controlFrame(opcodes.ping, Buffer.from('x'.repeat(200)), 7);
  assert.deepEqual(seenIn([ping], 'client'), [['ping', Buffer.from('x'.repeat(125)).toString('hex')]]);
});

test('a reason that is too long for a close frame is cut between letters', () => {
  const payload = closePayload(1000, `a${'é'.repeat(100)}`);
  assert.ok(payload.length <= 125);
  assert.equal(payload.subarray(2).toString(), `a${'é'.repeat(61)}`);
});

test('a mask is its own inverse at any place and length, and masks as the RFC says', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(9), key, (payload, offset, bytes) => {
      const packed = Buffer.from(bytes).readInt32LE();
      const all = Buffer.concat([Buffer.alloc(offset, 0x55), Buffer.from(payload), Buffer.alloc(3, 0x55)]);
      mask(all, offset, offset + payload.length, packed);
      const expected = Buffer.from(payload.map((byte, at) => byte ^ bytes[at % 4]!));
      assert.deepEqual(all.subarray(offset, offset + payload.length), expected);
      assert.deepEqual(all.subarray(0, offset), Buffer.alloc(offset, 0x55));
      assert.deepEqual(all.subarray(offset + payload.length), Buffer.alloc(3, 0x55));
    }),
  );
});

/** Everything a client can do wrong, and the code it must be told. */
const wrongs: readonly (readonly [string, number, readonly Buffer[]])[] = [
  ['a frame that is not masked', 1002, [drawn(0x81, Buffer.from('a'))]],
  ['the first reserved bit, as of a compressed message', 1002, [masked(0xc1, 'a')]],
  ['the second reserved bit', 1002, [masked(0xa1, 'a')]],
  ['the third reserved bit', 1002, [masked(0x91, 'a')]],
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(
    (opcode) => [`opcode ${opcode}`, 1002, [masked(0x80 | opcode, '')]] as const,
  ),
  ['a control frame in fragments', 1002, [masked(0x09, 'a')]],
  ['a control frame of 126 bytes', 1002, [masked(0x89, 'a'.repeat(126))]],
  ['a fragment of nothing', 1002, [masked(0x80, 'a')]],
  ['a message within a message', 1002, [masked(0x01, 'a'), masked(0x81, 'b')]],
  ['binary within a message', 1002, [masked(0x01, 'a'), masked(0x82, 'b')]],
  ['a short length in two bytes', 1002, [Buffer.of(0x81, 0xfe, 0, 5, 1, 2, 3, 4)]],
  ['a medium length in eight bytes', 1002, [Buffer.of(0x81, 0xff, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 3, 4)]],
  ['a length beyond 63 bits', 1002, [Buffer.of(0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4)]],
  ['binary', 1003, [masked(0x82, 'a')]],
  ['binary in fragments', 1003, [masked(0x02, '')]],
  ['a message that is too long', 1009, [masked(0x81, 'a'.repeat(1025))]],
  ['fragments that are together too long', 1009, [masked(0x01, 'a'.repeat(1000)), masked(0x80, 'a'.repeat(25))]],
  ['a length beyond any memory', 1009, [Buffer.of(0x81, 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4)]],
  ['text that is not UTF-8', 1007, [drawn(0x81, Buffer.of(0xc3, 0x28), [0, 0, 0, 0])]],
  ['half a letter at the end', 1007, [drawn(0x81, Buffer.of(0x61, 0xe2, 0x82), [0, 0, 0, 0])]],
  ['a surrogate in UTF-8', 1007, [drawn(0x81, Buffer.of(0xed, 0xa0, 0x80), [0, 0, 0, 0])]],
];

function masked(first: number, text: string): Buffer {
  return drawn(first, Buffer.from(text), [9, 8, 7, 6]);
}

for (const [what, code, frames] of wrongs) {
  test(`the protocol is kept: ${what} is answered with ${code}, and nothing after it is read`, () => {
    const after = masked(0x81, 'after');
    assert.deepEqual(seenIn([masked(0x81, 'before'), ...frames, after], 'client').at(-1), ['broken', code]);
    const bytes = Buffer.concat([...frames, after]);
    const singles = Array.from(bytes, (byte) => Buffer.of(byte));
    for (const pieces of [[bytes], singles]) {
      const seen = seenIn(pieces, 'client');
      assert.deepEqual(seen, [['broken', code]]);
    }
  });
}

test('a server that masks breaks the protocol', () => {
  assert.deepEqual(seenIn([masked(0x81, 'a')], 'server'), [['broken', 1002]]);
});

test('a message of exactly the most bytes is taken, also in fragments with a ping between them', () => {
  const longest = 'a'.repeat(1024);
  assert.deepEqual(seenIn([masked(0x81, longest)], 'client'), [['text', longest]]);
  const pieces = [masked(0x01, longest), masked(0x89, 'still there'), masked(0x80, '')];
  assert.deepEqual(seenIn(pieces, 'client').at(-1), ['text', longest]);
});

test('any bytes at all end in messages or in one lawful code, and never in an exception', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), fc.boolean(), (pieces, isClient) => {
      const seen = seenIn(
        pieces.map((piece) => Buffer.from(piece)),
        isClient ? 'client' : 'server',
      );
      const endings = seen.filter(([what]) => what === 'broken');
      assert.ok(endings.length <= 1);
      assert.ok(endings.every(([, code]) => [1002, 1003, 1007, 1009].includes(Number(code))));
    }),
    { numRuns: 500 },
  );
});

test('a head that announces much holds no memory until the bytes come', () => {
  const mostBytes = 1024 * 1024;
  const frames = { text() {}, ping() {}, goodbye() {}, broken: () => assert.fail('nothing was wrong') };
  const readers = Array.from({ length: 200 }, () => new FrameReader({ from: 'client', mostBytes }, frames));
  const before = process.memoryUsage().arrayBuffers;
  for (const reader of readers) reader.take(Buffer.of(0x81, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4, 5));
  assert.ok(process.memoryUsage().arrayBuffers - before < 4 * 1024 * 1024);
});
