import type { Cancel } from '#base';
import { bytesPerMs, frameBytes } from './spoken-audio.ts';
import type { Pace } from './voice.ts';

/** The carrier's buffer of audio for the caller, played at the speed of speech: 8,000 bytes take a second. */
export type Playback = {
  /** Plays it after what waits. False when there is no room for it; then nothing of it is taken. */
  queue(audio: Buffer): boolean;
  /** Tells when everything before has been played or cleared. False when too many marks wait. */
  mark(name: string): boolean;
  /** Drops what waits and tells all marks, in order. */
  clear(): void;
  /** Drops what waits, marks too, without a word. */
  stop(): void;
  isPlaying(): boolean;
  /** Audio that waits or is being played. */
  waitingMs(): number;
};

export type PlaybackListener = {
  /** So much was heard without a gap from that time on, at most 20 ms at once; also the first part of what was cut. */
  played(audio: Buffer, startedAt: number): void;
  marked(name: string): void;
  /** Nothing is left to be played. */
  idle(): void;
};

/** Nobody speaks for ten minutes on end, and no answer needs so many marks. */
const mostBytes = 600_000 * bytesPerMs;
const mostMarks = 50_000;
/** Clock milliseconds by which a timer may be early: rounding of times must not set a second one. */
const slackMs = 0.001;

type Playing = { readonly audio: Buffer; readonly startedAt: number; readonly endsAt: number };

/** Opens an empty buffer. The listener may not call back. */
export function openPlayback(pace: Pace, listener: PlaybackListener): Playback {
  const { clock, speed } = pace;
  const waiting = openQueue();
  let current: Playing | undefined;
  let cancel: Cancel = () => {};

  /** Goes on with what waits, from when the last of it ended. */
  function next(startedAt: number): void {
    let first = waiting.take();
    for (; first !== undefined && !Buffer.isBuffer(first); first = waiting.take()) listener.marked(first.mark);
    current = first && { audio: first, startedAt, endsAt: startedAt + first.length / bytesPerMs / speed };
    if (!current) listener.idle();
  }

  /** Brings everything to where the clock stands, however late a timer was, and waits for what comes next. */
  function settle(): void {
    cancel();
    while (current && current.endsAt <= clock.now() + slackMs) {
      const { audio, startedAt, endsAt } = current;
      listener.played(audio, startedAt);
      next(endsAt);
    }
    if (current) cancel = clock.after(Math.max(0, current.endsAt - clock.now()), settle);
  }

  /** Empties the buffer; what was heard of the frame that was being played is told. Returns the marks. */
  function empty(): readonly string[] {
    settle();
    cancel();
    const marks = waiting.empty();
    const cut = current;
    current = undefined;
    const passedMs = cut ? Math.max(0, clock.now() - cut.startedAt) * speed : 0;
    const heard = cut?.audio.subarray(0, Math.floor(passedMs * bytesPerMs));
    if (cut && heard?.length) listener.played(heard, cut.startedAt);
    if (cut) listener.idle();
    return marks;
  }

  return {
    queue(audio) {
      settle();
      if (!waiting.put(audio)) return false;
      if (!current) next(clock.now());
      settle();
      return true;
    },
    mark(name) {
      settle();
      if (current) return waiting.putMark(name);
      listener.marked(name);
      return true;
    },
    clear: () => empty().forEach((name) => listener.marked(name)),
    stop: () => void empty(),
    isPlaying: () => current !== undefined,
    waitingMs: () => waiting.bytes() / bytesPerMs + (current ? (current.endsAt - clock.now()) * speed : 0),
  };
}

type Waiting = Buffer | { readonly mark: string };

/** Audio and marks in the order they came, given out a frame or a mark at a time. Bounded. */
function openQueue() {
  let waiting: Waiting[] = [];
  let bytes = 0;
  let marks = 0;
  return {
    bytes: () => bytes,
    put(audio: Buffer): boolean {
      if (bytes + audio.length > mostBytes) return false;
      bytes += audio.length;
      waiting.push(audio);
      return true;
    },
    putMark(mark: string): boolean {
      if (marks >= mostMarks) return false;
      marks += 1;
      waiting.push({ mark });
      return true;
    },
    take(): Waiting | undefined {
      const first = waiting.shift();
      if (first === undefined) return undefined;
      if (!Buffer.isBuffer(first)) {
        marks -= 1;
        return first;
      }
      const frame = first.subarray(0, frameBytes);
      bytes -= frame.length;
      if (first.length > frameBytes) waiting.unshift(first.subarray(frameBytes));
      return frame;
    },
    /** Drops everything; returns the names of the marks. */
    empty(): readonly string[] {
      const names = waiting.flatMap((one) => (Buffer.isBuffer(one) ? [] : [one.mark]));
      [waiting, bytes, marks] = [[], 0, 0];
      return names;
    },
  };
}
