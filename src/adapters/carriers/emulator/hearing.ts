import type { Cancel } from '#base';
import type { Leg } from './leg.ts';
import { openKeyEar } from './key-ear.ts';
import { audioToWords, bytesPerMs } from './spoken-audio.ts';
import { later } from './voice.ts';

/** What the caller hears over a media stream: kept as it was played, and understood where it is words. */
export type Hearing = {
  /** So much came out of the telephone from that time on. */
  played(audio: Buffer, startedAt: number): void;
  /** The telephone has fallen silent; an utterance that does not go on soon is over. */
  idle(): void;
  /** An utterance that is open is over: as far as it was played, it was said. */
  cut(): void;
  /** True while an utterance lasts, also between its frames. */
  isOpen(): boolean;
  wordsHeard(): number;
};

/** Half an hour of audio is kept of a call. */
const mostKeptMs = 30 * 60_000;
/** After so long a silence in the middle of a sentence, nobody waits for its end. */
const patienceMs = 1_500;

export function openHearing(leg: Leg): Hearing {
  const words = audioToWords();
  const keys = openKeyEar();
  const { audio: kept, pace } = leg;
  let beganAt = 0;
  let cancel: Cancel = () => {};

  function tell(text: string): void {
    leg.heardFromProduct({
      text,
      startedAt: beganAt,
      afterMs: Math.round((pace.clock.now() - beganAt) * pace.speed),
    });
  }

  function keep(audio: Buffer, startedAt: number): void {
    if (kept.heardMs < mostKeptMs) kept.heard.push({ atMs: leg.since(startedAt), audio });
    kept.heardMs += audio.length / bytesPerMs;
  }

  function cut(): void {
    cancel();
    keys.stop();
    const open = words.stop();
    if (open) tell(open.text);
  }

  return {
    played(audio, startedAt) {
      cancel();
      keep(audio, startedAt);
      for (const key of keys.hear(audio)) leg.heardKeys(key);
      const wasOpen = words.isOpen();
      const ended = words.hear(audio);
      if (!wasOpen && ended.length === 0) beganAt = startedAt;
      for (const { text } of ended) tell(text);
      if (ended.length > 0) beganAt = startedAt;
      leg.tell();
    },
    idle() {
      keys.stop();
      if (words.isOpen()) cancel = later(pace, patienceMs, cut);
      leg.tell();
    },
    cut,
    isOpen: words.isOpen,
    wordsHeard: words.count,
  };
}
