import { spokenMs } from './voice.ts';

/**
 * Words as µ-law audio, for tests and the demo: no sound a person would understand, but frames that pass through a
 * product bit by bit, take as long as the words would, and can be read again as far as they were played. The caller of
 * the emulated carrier and a stand-in for a speech model talk to each other with it.
 *
 * An utterance is a frame that says so, then word after word, then a frame that ends it. A word is its UTF-8, one byte
 * for each half byte, and as much of a hum as its time demands. Silence (0xFF) is no part of it and may lie anywhere.
 */
export const frameBytes = 160;
/** 8 kHz, one byte a sample (ITU-T G.711). */
export const bytesPerMs = 8;
/** µ-law of no sound at all. */
export const silence = 0xff;

const begin = 0x21;
const word = 0x22;
const end = 0x23;
const hum = 0x30;
/** Half bytes are 0x40 to 0x4f. */
const half = 0x40;
/** So many of the same byte make a mark; with fewer, sound that is not ours could pass for one. */
const mark = 8;

/** An utterance that was read; `whole` when it was played to its end. */
export type Utterance = { readonly text: string; readonly whole: boolean };

/** Reads utterances out of audio that arrives in pieces of any size. */
export type WordsHeard = {
  /** Takes the next piece; returns the utterances that ended within it, in order. */
  hear(audio: Buffer): readonly Utterance[];
  /** True between the first mark of an utterance and its end. */
  isOpen(): boolean;
  /** Words of the open utterance that were played in full. */
  count(): number;
  /** Forgets the open utterance; returns what was played of it. */
  stop(): Utterance | undefined;
};

/** The words as whole frames of µ-law, without silence around them. They last `spokenMs(text)` and 40 ms. */
export function wordsToAudio(text: string): Buffer {
  const words = text.split(/\s+/).filter((one) => one !== '');
  return Buffer.concat([Buffer.alloc(frameBytes, begin), ...words.map(wordToAudio), Buffer.alloc(frameBytes, end)]);
}

function wordToAudio(text: string): Buffer {
  const audio = Buffer.alloc(wordBytes(text), hum);
  audio.fill(word, 0, mark);
  Buffer.from(text, 'utf8').forEach((byte, at) => {
    audio[mark + 2 * at] = half + (byte >> 4);
    audio[mark + 2 * at + 1] = half + (byte & 0x0f);
  });
  return audio;
}

/** A letter takes three frames, and its UTF-8 in half bytes is at most a seventh of one: it always fits. */
function wordBytes(text: string): number {
  return Math.round(spokenMs(`${text} `) / 20) * frameBytes;
}

type Open = {
  readonly words: string[];
  /** Half bytes of the word that is being spoken, and how much of its time has passed. */
  halves: number[];
  text: string | undefined;
  bytes: number;
};

/** A reader of `wordsToAudio`. Audio that is none of ours passes unread and ends an utterance that was open. */
export function audioToWords(): WordsHeard {
  let open: Open | undefined;
  let last = silence;
  let run = 0;

  function close(whole: boolean): Utterance | undefined {
    const found = open && { text: open.words.join(' '), whole };
    open = undefined;
    return found;
  }

  function marked(byte: number): Utterance | undefined {
    if (byte === begin) {
      const cut = close(false);
      open = newUtterance();
      return cut;
    }
    // What comes next was preceded by all of the word before, even if frames of it were lost on the way.
    if (open) spoken(open);
    if (byte === end) return close(true);
    open ??= newUtterance();
    open.bytes = mark;
    return undefined;
  }

  function take(byte: number): Utterance | undefined {
    run = byte === last ? run + 1 : 1;
    last = byte;
    if (run === mark && byte >= begin && byte <= end) return marked(byte);
    if (!open || (byte >= begin && byte <= end)) return undefined;
    if (byte !== hum && byte >> 4 !== half >> 4) return close(false);
    inWord(open, byte);
    return undefined;
  }

  return {
    hear(audio) {
      const ended: Utterance[] = [];
      for (const byte of audio) {
        const found = byte === silence ? undefined : take(byte);
        if (found) ended.push(found);
      }
      return ended;
    },
    isOpen: () => open !== undefined,
    count: () => open?.words.length ?? 0,
    stop: () => close(false),
  };
}

function newUtterance(): Open {
  return { words: [], halves: [], text: undefined, bytes: 0 };
}

function inWord(open: Open, byte: number): void {
  open.bytes += 1;
  if (byte !== hum) {
    open.halves.push(byte - half);
    return;
  }
  if (open.halves.length === 0) return;
  open.text ??= read(open.halves);
  if (open.bytes >= wordBytes(open.text)) spoken(open);
}

function spoken(open: Open): void {
  if (open.halves.length > 0) open.words.push(open.text ?? read(open.halves));
  open.halves = [];
  open.text = undefined;
}

function read(halves: readonly number[]): string {
  const bytes = Buffer.alloc(halves.length >> 1);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (halves[2 * at]! << 4) | halves[2 * at + 1]!;
  return bytes.toString('utf8');
}
