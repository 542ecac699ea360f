import type { Offer } from './protocol.ts';
import { openSound, type Sound } from './sound/open-sound.ts';
import { openStream, type Stream } from './sound/stream.ts';

/** A call that is spoken: microphone, loudspeaker and the stream between them and the line. */
export type Talk = {
  /** Connects the sound with the stream that is offered. */
  join(offer: Offer): void;
  /** The stream is no longer wanted; another may be offered. */
  leave(): void;
  press(digit: string): void;
  mute(isMuted: boolean): void;
  close(): void;
};

export type TalkListener = {
  /** How loud the caller is, 0 to 1, fifty times a second. */
  level(level: number): void;
  /** The caller has just stopped speaking; `at` is when the last of it was heard. */
  spoke(at: number): void;
  /** The secretary is heard, or no longer. */
  sounds(isPlaying: boolean): void;
  /** The stream has ended by itself. */
  streamOver(): void;
  lost(): void;
};

/** Asks for the microphone. Throws `SoundRefused`. */
export async function openTalk(listener: TalkListener): Promise<Talk> {
  const turn = openTurn(listener.spoke);
  let stream: Stream | undefined;
  const sound: Sound = await openSound({
    heard(frame, level) {
      // Before there is a stream nobody listens, so nobody answers.
      if (stream) turn.frame(level);
      stream?.send(frame);
      listener.level(level);
    },
    reached: (name) => stream?.reached(name),
    playing: listener.sounds,
    lost: listener.lost,
  });
  const leave = () => {
    const left = stream;
    stream = undefined;
    left?.close();
    sound.clear();
  };
  return {
    join(offer) {
      leave();
      const joined: Stream = openStream(offer, {
        play: sound.play,
        mark: sound.mark,
        clear: sound.clear,
        over() {
          if (stream !== joined) return;
          stream = undefined;
          listener.streamOver();
        },
      });
      stream = joined;
    },
    leave,
    press: (digit) => stream?.press(digit),
    mute: sound.mute,
    close() {
      leave();
      sound.close();
    },
  };
}

/** Louder than this is speech; echo cancelling and noise suppression leave less of anything else. */
const speechLevel = 0.02;
/** Shorter than this is a click. */
const leastFrames = 6;
/** After so much silence the caller has ended, until more comes: 300 ms. */
const endFrames = 15;

/** Notices when the caller stops speaking, to know how long the answer takes. */
function openTurn(ended: (at: number) => void) {
  let loud = 0;
  let quiet = 0;
  let lastAt = 0;
  return {
    frame(level: number) {
      if (level >= speechLevel) {
        loud += 1;
        quiet = 0;
        lastAt = performance.now();
        return;
      }
      quiet += 1;
      if (quiet !== endFrames) return;
      if (loud >= leastFrames) ended(lastAt);
      loud = 0;
    },
  };
}
