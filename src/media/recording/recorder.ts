import type { Log } from '#base';
import type { RecordingPlan } from '../desk.ts';
import { openRoll } from './roll.ts';
import { frameBytes, frameMs } from './segment.ts';
import { openShelf, type ShelfReach } from './shelf.ts';
import type { Spares } from './tape.ts';

/** What is said of a recording when it is over. No segments: nothing of it may be kept. */
export type Recorded = { readonly segments: number; readonly ms: number; readonly announced: boolean };

/**
 * Taps both directions of one stream. All times are milliseconds from the start of the stream. Nothing here throws, and
 * only `finish` waits: whatever becomes of the recording, the call goes on.
 */
export type Recorder = {
  /** Audio from the caller: base64 µ-law, at the carrier's time. */
  caller(payload: string, atMs: number): void;
  /** Audio to the caller, at the time at which it is played. */
  agent(payload: string, atMs: number): void;
  /** What was to be played from here on will not be: the caller spoke over it. */
  agentCut(fromMs: number): void;
  /** The announcement has been played to its end. Only from here on the caller is recorded. */
  announced(atMs: number): void;
  /** A key was pressed: its tone, and what is said around it, is left out. */
  digits(atMs: number): void;
  /** Makes a stretch silent both ways, also where it is stored already: a card number was said in it. */
  blank(fromMs: number, toMs: number): void;
  /**
   * Ends the recording and waits until it is stored, 20 s at most. Undefined when it did not come to its end: what
   * there is of it lies in the store, and whoever reconciles will find it.
   */
  finish(atMs: number): Promise<Recorded | undefined>;
};

/** Recordings that are given the same `spares` share memory; default: none is shared. */
export type RecorderReach = ShelfReach & { readonly log: Log; readonly spares?: Spares };

/** A key's tone, and how long before and after it the caller is not recorded, in milliseconds. */
const aroundKey = { beforeMs: 500, afterMs: 1_000 };
const settleMs = 20_000;
const samplesPerMs = frameBytes / frameMs;
const nothing: Recorded = { segments: 0, ms: 0, announced: false };

/**
 * Opens a recorder for a stream whose recording the desk has planned. Nothing is written before the announcement has
 * been played; without it within 30 s, nothing ever is.
 */
export function openRecorder(reach: RecorderReach, plan: Pick<RecordingPlan, 'key' | 'prefix'>): Recorder {
  const { prefix } = plan;
  const shelf = openShelf(reach, { key: Buffer.from(plan.key, 'base64'), prefix });
  const recording = prefix.slice(prefix.lastIndexOf('/') + 1);
  const roll = openRoll(shelf, reach.spares ?? [], (why) => reach.log('recording.stopped', { recording, why }));
  return {
    caller: (payload, atMs) => roll.write('caller', payload, atMs * samplesPerMs),
    agent: (payload, atMs) => roll.write('agent', payload, atMs * samplesPerMs),
    agentCut: (fromMs) => roll.agentCut(sampleAt(fromMs)),
    announced: (atMs) => roll.announced(sampleAt(atMs)),
    digits(atMs) {
      const span = { from: sampleAt(atMs - aroundKey.beforeMs), to: sampleAt(atMs + aroundKey.afterMs) };
      roll.blank({ channels: ['caller'], span });
      roll.deafUntil(span.to);
    },
    blank: (fromMs, toMs) =>
      roll.blank({ channels: ['caller', 'agent'], span: { from: sampleAt(fromMs), to: sampleAt(toMs) } }),
    async finish(atMs) {
      const end = roll.end(sampleAt(atMs));
      await shelf.settled(settleMs);
      // A number that could not be taken out again is not left lying: the key goes, and all of it with the key.
      if (end === 'nothing' || !shelf.isBlanked()) return nothing;
      if (end === 'early' || shelf.stored() < end.segments) return undefined;
      return { segments: end.segments, ms: end.frames * frameMs, announced: true };
    },
  };
}

function sampleAt(ms: number): number {
  return Math.max(0, Math.round(ms * samplesPerMs));
}
