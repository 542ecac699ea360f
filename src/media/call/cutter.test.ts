import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { frameBytes, isFrame, bytesIn } from './audio.ts';
import { cutter, nextFrame, push, type Cutter } from './cutter.ts';

function drain(cut: Cutter): string[] {
  const frames: string[] = [];
  for (let frame = nextFrame(cut); frame !== undefined; frame = nextFrame(cut)) frames.push(frame);
  return frames;
}

const anyPieces = fc.array(fc.uint8Array({ minLength: 0, maxLength: 700 }), { maxLength: 20 });
const anyFrame = fc.uint8Array({ minLength: frameBytes, maxLength: frameBytes });

test('every byte comes out once and in order, however the model cuts its audio; the last frame is filled up', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.oneof(anyPieces, fc.array(anyFrame, { maxLength: 3 })), fc.boolean())),
      (rounds) => {
        const cut = cutter();
        const frames: string[] = [];
        for (const [pieces, isDrained] of rounds) {
          for (const piece of pieces) push(cut, Buffer.from(piece).toString('base64'));
          if (isDrained) frames.push(...drain(cut));
        }
        cut.hasEnded = true;
        frames.push(...drain(cut));
        const all = Buffer.concat(rounds.flatMap(([pieces]) => pieces));
        const whole = Buffer.alloc(Math.ceil(all.length / frameBytes) * frameBytes, 0xff);
        all.copy(whole);
        assert.deepEqual(Buffer.concat(frames.map((frame) => Buffer.from(frame, 'base64'))), whole);
        assert.ok(frames.every(isFrame));
        assert.equal(cut.waitingBytes, 0);
      },
    ),
  );
});

test('nothing less than a frame is given out before the end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: frameBytes - 1 }), (count) => {
      const cut = cutter();
      push(cut, Buffer.alloc(count, 1).toString('base64'));
      assert.equal(nextFrame(cut), undefined);
      assert.equal(cut.waitingBytes, count);
    }),
  );
});

test('a frame is passed on as the string it came in, also in base64 that another writer would not write', () => {
  const cut = cutter();
  // The last character before the padding holds four bits that stand for nothing.
  const frame = `${'AAAA'.repeat(53)}AB==`;
  push(cut, frame);
  assert.equal(nextFrame(cut), frame);
});

test('the number of bytes is told from base64 as decoding tells it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      assert.equal(bytesIn(Buffer.from(bytes).toString('base64')), bytes.length);
    }),
  );
});
