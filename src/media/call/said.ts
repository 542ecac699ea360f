import { bytesPerMs } from './audio.ts';
import { cutter, type Cutter } from './cutter.ts';

/** One answer on its way to the caller's ear. Only `playout` changes it. */
export type Said = {
  /** Counts the answers of a call: what is known of one that was cut never touches the next. */
  readonly generation: number;
  /** What the model calls it; undefined for a tone of ours. */
  readonly name: string | undefined;
  /** Keys: they are heard to their end, whoever speaks over them, or the other side would get half of them. */
  readonly isLasting: boolean;
  readonly cutter: Cutter;
  receivedBytes: number;
  /** Whole frames, the last one filled up; up to where they are marked; when the last of them will have been played. */
  sentMs: number;
  markedMs: number;
  dueEnd: number;
  /** Known to have been played by the last mark that came back, and when that was. */
  playedMs: number;
  playedAt: number;
  hasBegun: boolean;
  isSent: boolean;
  /** Played to its end, cut, or given up. */
  isOver: boolean;
};

export function newSaid(generation: number, name: string | undefined, isLasting = false): Said {
  return {
    generation,
    name,
    isLasting,
    cutter: cutter(),
    receivedBytes: 0,
    sentMs: 0,
    markedMs: 0,
    dueEnd: 0,
    playedMs: 0,
    playedAt: 0,
    hasBegun: false,
    isSent: false,
    isOver: false,
  };
}

/** Whole milliseconds of audio that the model has given. */
export function receivedMs({ receivedBytes }: Said): number {
  return Math.floor(receivedBytes / bytesPerMs);
}

/**
 * How much of an answer has been played: between marks the clock goes on, but never beyond what was sent, nor beyond the
 * next mark that has not come back.
 */
export function playedMs(said: Said, nextMarkMs: number | undefined, now: number): number {
  const bySending = said.sentMs - Math.max(0, said.dueEnd - now);
  const byMark = said.hasBegun ? said.playedMs + now - said.playedAt : said.sentMs;
  const estimate = Math.min(bySending, byMark, nextMarkMs ?? said.sentMs);
  return Math.min(Math.max(estimate, said.playedMs), receivedMs(said));
}
