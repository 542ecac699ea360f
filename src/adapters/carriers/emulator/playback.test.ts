import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { manualClock, type Clock } from '#base';
import { openPlayback } from './playback.ts';

const start = 1_800_000_000_000;

function playing({ speed = 1, lateMs = 0 } = {}) {
  const clock = manualClock(start);
  const late: Clock = { now: clock.now, after: (waitMs, work) => clock.after(waitMs + lateMs, work) };
  const heard: { at: number; audio: Buffer }[] = [];
  const told: [string, number][] = [];
  const since = (at: number) => (at - start) * speed;
  const playback = openPlayback(
    { clock: late, speed },
    {
      played: (audio, at) => heard.push({ at: since(at), audio }),
      marked: (name) => told.push([name, Math.round(since(clock.now()))]),
      idle: () => told.push(['idle', Math.round(since(clock.now()))]),
    },
  );
  const advance = (emulatedMs: number) => clock.advance(emulatedMs / speed);
  const all = () => Buffer.concat(heard.map(({ audio }) => audio));
  return { clock, playback, heard, told, advance, all };
}

function tone(bytes: number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 31) % 251));
}

test('eight thousand bytes take a second, and a mark tells when those before it have been played', () => {
  for (const speed of [1, 12, 40]) {
    const { playback, told, advance, all } = playing({ speed });
    playback.queue(tone(4_000));
    playback.mark('half');
    playback.queue(tone(4_000));
    playback.mark('whole');
    advance(499);
    assert.equal(told.length, 0);
    advance(2);
    assert.equal(told[0]?.[0], 'half');
    advance(498);
    assert.equal(told.length, 1);
    advance(2);
    assert.deepEqual(
      told.map(([name]) => name),
      ['half', 'whole', 'idle'],
    );
    assert.deepEqual(all(), Buffer.concat([tone(4_000), tone(4_000)]));
  }
});

test('audio that follows without a pause is played without a gap, in whatever sizes it comes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 30 }), (sizes) => {
      const { playback, heard, advance, all } = playing({ lateMs: 7 });
      const sent = tone(sizes.reduce((sum, size) => sum + size, 0));
      let at = 0;
      for (const size of sizes) {
        playback.queue(sent.subarray(at, at + size));
        at += size;
        advance(size / 16);
      }
      advance(60_000);
      assert.ok(all().equals(sent));
      let endsAt = heard[0]!.at;
      for (const { at: startedAt, audio } of heard) {
        assert.ok(Math.abs(startedAt - endsAt) < 0.05, `${startedAt} after ${endsAt}`);
        assert.ok(audio.length <= 160);
        endsAt = startedAt + audio.length / 8;
      }
    }),
  );
});

test('audio that comes after silence is played from when it came', () => {
  const { playback, heard, advance } = playing();
  playback.queue(tone(160));
  advance(35);
  playback.queue(tone(160));
  advance(100);
  assert.deepEqual(
    heard.map(({ at }) => at),
    [0, 35],
  );
});

test('a clear is heard at once: the frame ends where it was, the rest is gone, marks come back in order', () => {
  const { playback, told, advance, all } = playing();
  playback.queue(tone(800));
  playback.mark('a');
  playback.queue(tone(800));
  playback.mark('b');
  playback.mark('c');
  advance(130);
  playback.clear();
  assert.deepEqual(told, [
    ['a', 100],
    ['idle', 130],
    ['b', 130],
    ['c', 130],
  ]);
  assert.equal(all().length, 130 * 8);
  assert.ok(!playback.isPlaying());
  playback.queue(tone(160));
  advance(20);
  assert.equal(all().length, 150 * 8);
});

test('a mark with nothing before it comes back at once', () => {
  const { playback, told } = playing();
  playback.mark('now');
  assert.deepEqual(told, [['now', 0]]);
});

test('what is stopped tells what was heard and no mark', () => {
  const { playback, told, advance, all } = playing();
  playback.queue(tone(800));
  playback.mark('a');
  advance(50);
  playback.stop();
  advance(1_000);
  assert.deepEqual(told, [['idle', 50]]);
  assert.equal(all().length, 400);
});

test('what waits is known, and bounded', () => {
  const { playback, advance } = playing();
  assert.equal(playback.waitingMs(), 0);
  playback.queue(tone(3_200));
  advance(130);
  assert.equal(playback.waitingMs(), 270);
  assert.ok(playback.queue(Buffer.alloc(595 * 8_000)));
  assert.ok(!playback.queue(Buffer.alloc(8_000 * 5)));
  let marks = 0;
  while (playback.mark(`${marks}`)) marks += 1;
  assert.equal(marks, 50_000);
});
