import type { Cancel, Clock } from '#base';

/** How fast emulated time passes: at speed 20 a second of talk takes 50 ms of the clock. */
export type Pace = { readonly clock: Clock; readonly speed: number };

/** Something to be spoken. Pieces up to one with `last` make one utterance. */
export type Piece = {
  readonly text: string;
  readonly last: boolean;
  readonly interruptible: boolean;
  /** BCP 47; undefined: that of the session. */
  readonly language?: string | undefined;
};

/** What has been heard of an utterance: its words, when the first began, how long it took (emulated milliseconds). */
export type Heard = { readonly text: string; readonly startedAt: number; readonly afterMs: number };

export type Voice = {
  queue(piece: Piece): void;
  /** Falls silent and forgets what was queued. Returns what had been heard of the utterance, if one was playing. */
  stop(): Heard | undefined;
  isPlaying(): boolean;
  mayBeInterrupted(): boolean;
  /** Words heard of the utterance that is playing. */
  wordsHeard(): number;
};

export type Listener = {
  /** A sentence, or the rest of an utterance, has been played. */
  played(text: string): void;
  /** An utterance has been played to its end. */
  finished(heard: Heard): void;
  changed(): void;
  /** A piece with words in it begins, another of its words has been heard, and nothing more of it will be. */
  begins?(piece: Piece): void;
  word?(): void;
  ends?(how: 'whole' | 'cut'): void;
  /** Takes the place of the clock: calls `done`, later, when the next word has been spoken. */
  pacing?(word: string, done: () => void): Cancel;
};

const charactersPerSecond = 15;

/** How long it takes to say something aloud, in emulated milliseconds. */
export function spokenMs(text: string): number {
  return (text.length * 1_000) / charactersPerSecond;
}

/** Runs `work` after so much emulated time. */
export function later(pace: Pace, emulatedMs: number, work: () => void): Cancel {
  return pace.clock.after(emulatedMs / pace.speed, work);
}

/** Speaks word by word on the clock, so that it can be cut off in the middle and knows what was heard till then. */
export function openVoice(pace: Pace, listener: Listener): Voice {
  let queued: Piece[] = [];
  let playing: Piece | undefined;
  let words: string[] = [];
  let said = utterance(pace);
  let cancel: Cancel = () => {};
  const { pacing = (word, done) => later(pace, spokenMs(`${word} `), done) } = listener;

  function next(): void {
    if (words.length === 0) {
      playing = queued.shift();
      if (!playing) return;
      words = playing.text.split(/\s+/).filter((word) => word !== '');
      said.begin();
      if (words.length > 0) listener.begins?.(playing);
    }
    const word = words[0] ?? '';
    cancel = pacing(word, () => spoken(word));
  }

  function spoken(word: string): void {
    words = words.slice(1);
    if (word !== '') count(word);
    const ends = words.length === 0 && playing?.last === true;
    const sentence = ends || /[.!?]$/.test(word) ? said.untold() : '';
    const whole = ends ? said.heard() : undefined;
    if (ends) said = utterance(pace);
    // The next word is under way before anyone is told: a listener may stop us or queue more.
    next();
    if (sentence !== '') listener.played(sentence);
    if (whole && whole.text !== '') listener.finished(whole);
    listener.changed();
  }

  function count(word: string): void {
    said.add(word);
    listener.word?.();
    if (words.length === 0) listener.ends?.('whole');
  }

  return {
    queue(piece) {
      queued.push(piece);
      if (!playing) next();
    },
    stop() {
      if (!playing) return undefined;
      cancel();
      const cut = said.heard();
      if (words.length > 0) listener.ends?.('cut');
      [queued, words, said, playing] = [[], [], utterance(pace), undefined];
      return cut;
    },
    isPlaying: () => playing !== undefined,
    mayBeInterrupted: () => playing?.interruptible ?? false,
    wordsHeard: () => said.count(),
  };
}

/** Keeps what has been heard of one utterance, and how much of that has been told as played. */
function utterance(pace: Pace) {
  const words: string[] = [];
  let told = 0;
  let startedAt: number | undefined;
  return {
    begin() {
      startedAt ??= pace.clock.now();
    },
    add: (word: string) => words.push(word),
    count: () => words.length,
    untold() {
      const fresh = words.slice(told);
      told = words.length;
      return fresh.join(' ');
    },
    heard(): Heard {
      const from = startedAt ?? pace.clock.now();
      return { text: words.join(' '), startedAt: from, afterMs: Math.round((pace.clock.now() - from) * pace.speed) };
    },
  };
}
