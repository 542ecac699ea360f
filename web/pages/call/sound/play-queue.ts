/** What waits to be played: sound at 8 kHz and marks in between, with a buffer that adapts to how evenly it arrives. */
export type PlayQueue = {
  /** Samples at 8 kHz. */
  put(samples: Float32Array): void;
  /** Tells when everything before has been played or dropped. */
  mark(name: string): void;
  /** Drops all sound; the marks are told, in order. */
  clear(): void;
  /** The next samples at 8 kHz, silence where nothing is to be played. */
  take(count: number): Float32Array;
  isPlaying(): boolean;
};

export type PlayListener = {
  reached(name: string): void;
  /** Sound begins after silence, or has run out. */
  changed(isPlaying: boolean): void;
};

type Waiting = { readonly samples: Float32Array; at: number } | { readonly mark: string };

const samplesPerMs = 8;
const leastMs = 40;
const mostMs = 240;
const stepMs = 20;
/** Sound that goes on for so long without running out needs less of a buffer. */
const easeAfterMs = 5_000;
/** A pause shorter than this was not meant: the buffer was too small. */
const gapMs = 120;

export function openPlayQueue(listener: PlayListener): PlayQueue {
  const tape = openTape(listener.reached);
  const patience = openPatience();
  let isPlaying = false;

  const turn = (on: boolean) => {
    if (isPlaying === on) return;
    isPlaying = on;
    listener.changed(on);
  };
  return {
    put: tape.put,
    mark: tape.mark,
    clear() {
      const marks = tape.empty();
      patience.forget();
      turn(false);
      marks.forEach(listener.reached);
    },
    take(count) {
      const out = new Float32Array(count);
      const ms = count / samplesPerMs;
      if (!isPlaying && patience.isReady(ms, tape.left() / samplesPerMs)) turn(true);
      if (!isPlaying) return out;
      patience.played(tape.pour(out) / samplesPerMs);
      if (tape.left() === 0) {
        patience.ranOut();
        turn(false);
      }
      return out;
    },
    isPlaying: () => isPlaying,
  };
}

/** How much has to be there before it is played: more when it ran out too early, less when it never does. */
function openPatience() {
  let targetMs = 60;
  let playedMs = 0;
  let waitedMs = 0;
  let silentMs = Number.POSITIVE_INFINITY;
  return {
    /** Whether to begin, so long after the last time it was asked, with so much there. */
    isReady(passedMs: number, thereMs: number): boolean {
      silentMs += passedMs;
      if (thereMs === 0) return false;
      waitedMs += passedMs;
      // What is shorter than the buffer is played all the same.
      if (thereMs < targetMs && waitedMs <= targetMs) return false;
      if (silentMs < gapMs) targetMs = Math.min(mostMs, targetMs + stepMs);
      waitedMs = 0;
      playedMs = 0;
      return true;
    },
    played(ms: number) {
      playedMs += ms;
      if (playedMs <= easeAfterMs) return;
      targetMs = Math.max(leastMs, targetMs - stepMs);
      playedMs = 0;
    },
    ranOut() {
      silentMs = 0;
    },
    /** The silence that follows is meant. */
    forget() {
      silentMs = Number.POSITIVE_INFINITY;
      waitedMs = 0;
    },
  };
}

/** Sound and marks in the order they came. */
function openTape(reached: (mark: string) => void) {
  let waiting: Waiting[] = [];
  let samples = 0;
  const tellMarks = () => {
    for (let first = waiting[0]; first && 'mark' in first; first = waiting[0]) {
      waiting.shift();
      reached(first.mark);
    }
  };
  const some = (into: Float32Array): number => {
    const first = waiting[0];
    if (!first || 'mark' in first) return 0;
    const count = Math.min(into.length, first.samples.length - first.at);
    into.set(first.samples.subarray(first.at, first.at + count));
    first.at += count;
    samples -= count;
    if (first.at >= first.samples.length) waiting.shift();
    return count;
  };
  return {
    left: () => samples,
    put(more: Float32Array) {
      if (more.length === 0) return;
      waiting.push({ samples: more, at: 0 });
      samples += more.length;
    },
    mark(name: string) {
      waiting.push({ mark: name });
      if (samples === 0) tellMarks();
    },
    /** Fills as much as there is; returns how much that was. */
    pour(into: Float32Array): number {
      let filled = 0;
      for (let count = 1; count > 0 && filled < into.length; filled += count) {
        tellMarks();
        count = some(into.subarray(filled));
      }
      tellMarks();
      return filled;
    },
    /** Drops everything; returns the marks. */
    empty(): readonly string[] {
      const marks = waiting.flatMap((one) => ('mark' in one ? [one.mark] : []));
      [waiting, samples] = [[], 0];
      return marks;
    },
  };
}
