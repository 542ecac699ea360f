import { bytesIn, bytesPerMs, frameLetters, frameMs } from './audio.ts';

/** How many frames of the caller are kept: 5 s, so that a sentence that a model took with it can be said to the next. */
export const keptFrames = 250;

/**
 * The caller's last frames, numbered from 0 in the order they came, in memory that is taken once: strings that lived for
 * seconds would cost the collector more than copying them costs us.
 */
export type KeptAudio = {
  readonly letters: Buffer;
  /** Frames of another length than the usual, by their number. */
  readonly odd: Map<number, string>;
  /** When each arrived, and where it ends in what the present session was given. */
  readonly arrivedAt: Float64Array;
  readonly givenEndMs: Float64Array;
  /** Number of the next frame. */
  next: number;
};

export function keepAudio(): KeptAudio {
  return {
    letters: Buffer.allocUnsafeSlow(keptFrames * frameLetters),
    odd: new Map(),
    arrivedAt: new Float64Array(keptFrames),
    givenEndMs: new Float64Array(keptFrames),
    next: 0,
  };
}

/** Keeps a frame in the place of the oldest. */
export function keep(kept: KeptAudio, payload: string, now: number): void {
  const at = kept.next;
  const slot = at % keptFrames;
  if (kept.odd.size > 0) kept.odd.delete(at - keptFrames);
  if (payload.length === frameLetters) kept.letters.write(payload, slot * frameLetters, 'latin1');
  else kept.odd.set(at, payload);
  kept.arrivedAt[slot] = now;
  kept.givenEndMs[slot] = Number.POSITIVE_INFINITY;
  kept.next = at + 1;
}

/** Number of the oldest frame that is still there. */
export function oldest(kept: KeptAudio): number {
  return Math.max(0, kept.next - keptFrames);
}

/** The frame of that number, which must still be there. */
export function frameAt(kept: KeptAudio, at: number): string {
  const from = (at % keptFrames) * frameLetters;
  return kept.odd.get(at) ?? kept.letters.toString('latin1', from, from + frameLetters);
}

/** The first frame before `end` that reaches `givenMs` of what the session was given; the last or oldest when none does. */
export function frameHolding(kept: KeptAudio, givenMs: number, end: number): number {
  const first = oldest(kept);
  let found = end - 1;
  while (found > first && kept.givenEndMs[(found - 1) % keptFrames]! >= givenMs) found -= 1;
  return Math.max(first, found);
}

/** How long a payload sounds. */
export function soundMs(payload: string): number {
  return payload.length === frameLetters ? frameMs : bytesIn(payload) / bytesPerMs;
}
