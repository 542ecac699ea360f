import type { Cancel } from '#base';
import type { Leg } from './leg.ts';
import { later, openVoice, spokenMs, type Listener, type Voice } from './voice.ts';

/**
 * A person who is really there, at the far end of an emulated call: what the carrier would play into a telephone
 * reaches them while it is played. What is said is numbered through the call.
 */
export type Audience = {
  /** From now on this is being said. */
  begins(said: { readonly n: number; readonly text: string; readonly language: string | undefined }): void;
  /** So many of its words have been heard. */
  word(n: number, words: number): void;
  /** Nothing more of it will be heard: it was said to its end, or cut off. */
  ends(n: number, how: 'whole' | 'cut'): void;
  /** Keys that the secretary presses. */
  keys(digits: string): void;
  /**
   * For whom a device speaks: calls `done`, later, when it has spoken so many words of it. Undefined when nobody speaks and the
   * clock tells how long words take.
   */
  whenSpoken?(n: number, words: number, done: () => void): Cancel | undefined;
  /** The call goes on over a media stream, which the person opens themselves. */
  stream(offer: StreamOffer): TakenStream;
};

/** What a media stream begins with: its `start` message bears all of it. */
export type StreamOffer = {
  readonly account: string;
  readonly callId: string;
  readonly streamId: string;
  readonly socketUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
};

/** A stream at somebody else's end. */
export type TakenStream = {
  /** Resolves when the stream has ended, or never came about. */
  readonly over: Promise<void>;
  close(): void;
};

/** A voice that a person listens to, when one is there. */
export function voiceFor(leg: Leg, listener: Listener, usual: string | undefined): Voice {
  const { audience } = leg.options;
  if (!audience) return openVoice(leg.pace, listener);
  let n = 0;
  let words = 0;
  return openVoice(leg.pace, {
    ...listener,
    begins({ text, language = usual }) {
      leg.sayings += 1;
      n = leg.sayings;
      words = 0;
      audience.begins({ n, text, language });
    },
    word() {
      words += 1;
      audience.word(n, words);
    },
    ends: (how) => audience.ends(n, how),
    pacing: (word, done) => pacing(leg, { n, words: words + 1, word }, done),
  });
}

type Due = { readonly n: number; readonly words: number; readonly word: string };

/** A device that falls silent for no reason keeps nobody waiting for longer than a slow speaker would. */
const patience = 3;
const patienceMs = 4_000;

function pacing({ pace, options }: Leg, { n, words, word }: Due, done: () => void): Cancel {
  const usualMs = spokenMs(`${word} `);
  if (word === '') return later(pace, usualMs, done);
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    tooLate();
    cancel?.();
    done();
  };
  let tooLate: Cancel = () => {};
  const cancel = options.audience?.whenSpoken?.(n, words, once);
  if (!cancel) return later(pace, usualMs, done);
  if (!isDone) tooLate = later(pace, usualMs * patience + patienceMs, once);
  return () => {
    isDone = true;
    tooLate();
    cancel();
  };
}
