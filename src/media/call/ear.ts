import { frameMs } from './audio.ts';
import { isLoud } from './loudness.ts';

/**
 * Our own ear, far duller than a model's. It only notices when a model ought to have said something by now: a connection
 * that takes audio and gives nothing looks like one that listens. Then the model is asked for a sign of life.
 */
export type Ear = {
  /** The frame with which the sound began, how long it was loud since the model said anything, and when it last was. */
  from: number;
  loudMs: number;
  loudAt: number;
  /** Someone spoke, and no model has said yet that it heard them. */
  isUnclaimed: boolean;
  /** When the model last said anything, and how often it was looked at since it was asked to; undefined when it was not. */
  signAt: number;
  looks: number | undefined;
};

const limits = {
  /** Sounds further apart do not belong together. */
  pauseMs: 1_000,
  /** Shorter than this was no speech. A model tells of speech within a few hundred milliseconds. */
  speechMs: 200,
  afterSpeechMs: 500,
  /** Sound of which the model says nothing. */
  endlessMs: 2_000,
  /** The caller is silent, and the model has not said that the turn is over. It may wait, but it must be there. */
  afterTurnMs: 800,
  /** Longer than any model waits for more of a turn. */
  endlessTurnMs: 9_000,
  /** It owes an answer. */
  owedMs: 1_300,
  /**
   * How often a model is looked at before its answer to a probe is overdue: 700 ms. Looks are counted, not time: a
   * process that was held up has not read the answer yet.
   */
  replyLooks: 7,
} as const;

export function openEar(now: number): Ear {
  return { from: 0, loudMs: 0, loudAt: now, isUnclaimed: false, signAt: now, looks: undefined };
}

/** Listens to the frame of that number. `isHeard`: the model knows that the caller speaks. */
export function listen(
  ear: Ear,
  payload: string,
  { at, isHeard }: { at: number; isHeard: boolean },
  now: number,
): void {
  if (!isLoud(payload)) return;
  if (now - ear.loudAt > limits.pauseMs) {
    ear.from = at;
    ear.loudMs = 0;
  }
  ear.loudMs += frameMs;
  ear.loudAt = now;
  if (!isHeard && ear.loudMs >= limits.speechMs) ear.isUnclaimed = true;
}

/** The frame from which on a model must be told again what was said: speech begins softer than our ear notices. */
export function speechFrom({ from }: Ear): number {
  return from - softFrames;
}

const softFrames = 15;

/** The model says something, whatever it is: it is there. */
export function signOfLife(ear: Ear, now: number): void {
  ear.signAt = now;
  ear.loudMs = 0;
  ear.looks = undefined;
}

/** What is known of the moment: whether the model thinks that the caller speaks, and since when it owes an answer. */
export type Moment = { readonly callerSpeaks: boolean; readonly owedSince: number | undefined };

/**
 * To be called every 100 ms. `ask`: the model should have said something and must be asked for a sign of life. `dead`: it
 * was asked and has given none.
 */
export function suspicion(ear: Ear, moment: Moment, now: number): 'ask' | 'dead' | undefined {
  if (moment.callerSpeaks && now - ear.loudAt >= limits.endlessTurnMs) return 'dead';
  if (ear.looks !== undefined) {
    ear.looks += 1;
    return ear.looks >= limits.replyLooks ? 'dead' : undefined;
  }
  if (!isDue(ear, moment, now)) return undefined;
  ear.looks = 0;
  return 'ask';
}

function isDue(
  { loudMs, loudAt, signAt, isUnclaimed }: Ear,
  { callerSpeaks, owedSince }: Moment,
  now: number,
): boolean {
  if (callerSpeaks) return now - Math.max(loudAt, signAt) >= limits.afterTurnMs || loudMs >= limits.endlessMs;
  if (owedSince !== undefined) return now - Math.max(owedSince, signAt) >= limits.owedMs;
  return loudMs >= limits.endlessMs || (isUnclaimed && now - Math.max(loudAt, signAt) >= limits.afterSpeechMs);
}
