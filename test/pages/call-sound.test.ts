import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow, median, nothing, type Conversation, type Event } from '../../web/pages/call/conversation.ts';
import type { Entry, Told } from '../../web/pages/call/protocol.ts';
import { decodeSample, encodeSample, silence } from '../../web/pages/call/sound/mu-law.ts';
import { openPlayQueue } from '../../web/pages/call/sound/play-queue.ts';
import { openResampler } from '../../web/pages/call/sound/resampler.ts';

test('every µ-law code is decoded to a sample that is encoded to it again, and silence is silent', () => {
  for (let code = 0; code < 256; code += 1) {
    // Two codes mean zero; the one that is sent is that of silence.
    const again = encodeSample(decodeSample(code));
    assert.equal(again, code === 0x7f ? silence : code);
  }
  assert.equal(decodeSample(silence), 0);
  assert.equal(encodeSample(0), silence);
  assert.equal(encodeSample(5), encodeSample(1), 'what is too loud is as loud as can be');
});

function tone(hertz: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate));
}

function resampled(samples: Float32Array, [from, to]: readonly [number, number], piece: number): number[] {
  const resampler = openResampler(from, to);
  const out: number[] = [];
  for (let at = 0; at < samples.length; at += piece)
    resampler.push(samples.subarray(at, at + piece), (sample) => out.push(sample));
  return out;
}

/** The amplitude of a tone, by Goertzel, past the beginning. */
function amplitude(samples: readonly number[], hertz: number, rate: number): number {
  const part = samples.slice(400, 400 + rate / 5);
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [before, last] = [0, 0];
  for (const sample of part) [before, last] = [last, sample + turn * last - before];
  return (2 * Math.sqrt(Math.max(0, last * last + before * before - turn * last * before))) / part.length;
}

for (const rate of [8_000, 16_000, 44_100, 48_000, 96_000]) {
  test(`speech at ${rate} Hz arrives at 8 kHz as it was, and what 8 kHz cannot carry does not fold into it`, () => {
    const kept = resampled(tone(1_000, rate, 1), [rate, 8_000], 128);
    assert.ok(Math.abs(kept.length - 8_000) < 40, String(kept.length));
    assert.ok(Math.abs(amplitude(kept, 1_000, 8_000) - 1) < 0.05);
    if (rate < 16_000) return;
    // 5,500 Hz would be heard as 2,500.
    const folded = resampled(tone(5_500, rate, 1), [rate, 8_000], 128);
    assert.ok(amplitude(folded, 2_500, 8_000) < 0.02);
    const back = resampled(tone(1_000, 8_000, 1), [8_000, rate], 160);
    assert.ok(Math.abs(amplitude(back, 1_000, rate) - 1) < 0.05);
  });
}

test('the size of the pieces makes no difference to what comes out', () => {
  const sound = tone(440, 48_000, 0.2);
  assert.deepEqual(resampled(sound, [48_000, 8_000], 128), resampled(sound, [48_000, 8_000], 4_801));
});

function player() {
  const told: string[] = [];
  const queue = openPlayQueue({
    reached: (name) => told.push(name),
    changed: (isPlaying) => told.push(isPlaying ? 'begins' : 'ends'),
  });
  const put = (ms: number) => queue.put(new Float32Array(ms * 8).fill(0.5));
  /** Plays so long; returns how much of it was sound, in milliseconds. */
  const play = (ms: number) => {
    let sound = 0;
    for (let at = 0; at < ms; at += 20) sound += queue.take(160).filter((sample) => sample !== 0).length;
    return sound / 8;
  };
  return { told, queue, put, play };
}

test('sound waits until there is enough of it, marks are told when what came before them was played', () => {
  const { told, queue, put, play } = player();
  put(20);
  queue.mark('first');
  assert.equal(play(20), 0, 'a single frame waits for the next');
  put(100);
  queue.mark('second');
  assert.equal(play(40), 40);
  assert.deepEqual(told, ['begins', 'first']);
  assert.equal(play(100), 80);
  assert.deepEqual(told, ['begins', 'first', 'second', 'ends']);
});

test('what is shorter than the buffer is played all the same, and a mark after nothing is told at once', () => {
  const { told, queue, put, play } = player();
  queue.mark('at once');
  put(20);
  assert.equal(play(200), 20);
  assert.deepEqual(told, ['at once', 'begins', 'ends']);
});

test('a cleared queue is silent at once and tells its marks in order', () => {
  const { told, queue, put, play } = player();
  put(400);
  queue.mark('one');
  queue.mark('two');
  play(40);
  queue.clear();
  assert.equal(play(100), 0);
  assert.deepEqual(told, ['begins', 'ends', 'one', 'two']);
});

test('a network that stutters gets a larger buffer, up to a limit, and one that does not a smaller one again', () => {
  const { put, play } = player();
  const waits = () => {
    put(400);
    let ms = 0;
    while (play(20) === 0) ms += 20;
    play(400);
    return ms;
  };
  const frame = () => {
    put(20);
    let ms = 0;
    while (play(20) === 0) ms += 20;
    play(20);
    return ms;
  };
  waits();
  const before = frame();
  for (let times = 0; times < 40; times += 1) frame();
  const after = frame();
  assert.ok(after > before && after <= 260, `${before} ${after}`);
  put(60_000);
  play(60_000);
  play(2_000);
  assert.ok(frame() < after);
});

const said = (told: Told, at = 0): Event => ({ what: 'told', told, at });
const after = (...events: Event[]): Conversation => events.reduce(follow, follow(nothing, { what: 'called', at: 0 }));
const entry = (seq: number, over: Partial<Entry>): Entry => ({
  seq,
  at: 0,
  speaker: 'agent',
  kind: 'speech',
  meant: 'One two three.',
  heard: null,
  ...over,
});

test('what is said is shown once, whether the transcript or the sound tells of it first, and word by word', () => {
  const saying = said({ tell: 'saying', n: 1, text: 'One two three.', language: 'en' });
  const written = said({ tell: 'entries', entries: [entry(0, {})] });
  for (const events of [
    [saying, written],
    [written, saying],
  ]) {
    const begun = after(...events, said({ tell: 'word', n: 1, words: 2 }));
    assert.deepEqual(
      begun.lines.map(({ by, text, heard, state }) => [by, text, heard, state]),
      [['secretary', 'One two three.', 'One two', 'coming']],
    );
    const cut = [begun, said({ tell: 'said', n: 1, how: 'cut' })] as const;
    assert.equal(follow(...cut).lines[0]?.state, 'cut');
    const whole = follow(begun, said({ tell: 'said', n: 1, how: 'whole' }));
    assert.deepEqual([whole.lines[0]?.heard, whole.lines[0]?.state], ['One two three.', 'whole']);
  }
});

test('what was heard of live sound is what the transcript says, also when it is nothing', () => {
  const told = (heard: string | null) => said({ tell: 'entries', entries: [entry(3, { heard })] });
  const states = [null, 'One', 'One two three.', ''].map((heard) => {
    const [line] = after(told(null), told(heard)).lines;
    return [line?.heard, line?.state];
  });
  assert.deepEqual(states, [
    ['', 'coming'],
    ['One', 'cut'],
    ['One two three.', 'whole'],
    ['', 'cut'],
  ]);
});

test('typed words and keys stand there at once and are not doubled by the transcript, even when it masks them', () => {
  const card = { speaker: 'caller', meant: null, heard: '[card number]' };
  const call = after(
    { what: 'typed', text: '4111 1111 1111 1111', at: 1 },
    { what: 'keyed', digits: '5' },
    said({ tell: 'entries', entries: [entry(2, { ...card, kind: 'digits', heard: '5' }), entry(1, card)] }),
  );
  assert.deepEqual(
    call.lines.map(({ by, text, isKeys = false }) => [by, text, isKeys]),
    [
      ['caller', '[card number]', false],
      ['caller', '5', true],
    ],
  );
});

test('an answer is measured from the end of the caller’s words to its first sound or word, once', () => {
  const call = after(
    { what: 'typed', text: 'hello', at: 100 },
    said({ tell: 'saying', n: 1, text: 'Hi.', language: null }, 350),
    said({ tell: 'saying', n: 2, text: 'There.', language: null }, 900),
    { what: 'spoke', at: 1_000 },
    { what: 'sounds', isPlaying: true, at: 1_700 },
    { what: 'sounds', isPlaying: false, at: 1_900 },
    { what: 'sounds', isPlaying: true, at: 2_500 },
  );
  assert.deepEqual(call.answers, [250, 700]);
  assert.deepEqual([median([]), median([3]), median([9, 1, 5]), median([1, 2, 3, 10])], [undefined, 3, 5, 3]);
});

test('a tool is one step in the conversation, done when the next thing begins', () => {
  const state = (tool?: string) =>
    said({ tell: 'state', channel: 'relay', phase: 'running', language: 'en', ...(tool && { tool }) });
  const call = after(state('find-slot'), state('find-slot'), state(), state('book'));
  assert.deepEqual(
    call.lines.map(({ by, text, state: how }) => [by, text, how]),
    [
      ['step', 'find-slot', 'whole'],
      ['step', 'book', 'coming'],
    ],
  );
});

test('a call ends once, for the first reason that is known, and nothing stays open', () => {
  const call = after(
    said({ tell: 'saying', n: 1, text: 'Hello there.', language: null }),
    said({ tell: 'over', how: 'elsewhere' }, 60),
    said({ tell: 'state', channel: 'relay', phase: 'over', language: 'en' }),
    said({ tell: 'over', how: 'caller-hung-up' }, 70),
    { what: 'gone', why: 'lost', at: 90 },
  );
  assert.deepEqual([call.stage, call.why, call.endedAt, call.lines[0]?.state], ['over', 'elsewhere', 60, 'cut']);
});
