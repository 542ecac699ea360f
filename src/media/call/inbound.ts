import type { SpeechSession } from '#adapters/models';
import { frameMs, silentFrame } from './audio.ts';
import { framesBefore, framesDue, noGaps, type Gaps } from './gaps.ts';
import { frameAt, frameHolding, keep, keepAudio, keptFrames, oldest, soundMs, type KeptAudio } from './kept-audio.ts';
import { limits } from './limits.ts';

/** Who is given the caller's audio. */
export type Listening = Pick<SpeechSession, 'hear' | 'backlog'>;

/**
 * The caller's audio on its way to the model: every frame once, in order, untouched, with silence where frames are
 * missing. What the model cannot take yet waits in `kept`.
 */
export type Inbound = {
  readonly kept: KeptAudio;
  readonly gaps: Gaps;
  session: Listening | undefined;
  /** Number of the frame that the session is given next, and how much it was given so far. */
  given: number;
  givenMs: number;
  /** Since when the session does not take what it is given. */
  congestedAt: number | undefined;
  filled: number;
  dropped: number;
};

export function openInbound(now: number): Inbound {
  return {
    kept: keepAudio(),
    gaps: noGaps(now),
    session: undefined,
    given: 0,
    givenMs: 0,
    congestedAt: undefined,
    filled: 0,
    dropped: 0,
  };
}

/** A frame of the carrier that stands at `atMs` of its stream. Returns how many frames of silence went before it. */
export function takeFrame(into: Inbound, payload: string, atMs: number, now: number): number {
  const missing = framesBefore(into.gaps, { atMs, soundMs: soundMs(payload) }, now);
  fill(into, missing, now);
  pass(into, payload, now);
  return missing;
}

/** To be called every 40 ms: fills in what does not come, and looks after what waits. Returns how many frames were filled in. */
export function beatInbound(into: Inbound, now: number): number {
  const missing = framesDue(into.gaps, now);
  fill(into, missing, now);
  if (into.congestedAt !== undefined) relieve(into);
  return missing;
}

/** From here on the session is given the audio, beginning with the frame `from` as far as it is still there. */
export function connectInbound(into: Inbound, session: Listening, from: number): void {
  const first = Math.min(Math.max(from, oldest(into.kept)), into.kept.next);
  into.dropped += Math.max(0, first - into.given);
  into.session = session;
  into.given = first;
  into.givenMs = 0;
  into.congestedAt = undefined;
  // What came before was not given to this session.
  into.kept.givenEndMs.fill(Number.NEGATIVE_INFINITY);
  giveWaiting(into, session);
}

/** Nobody listens; what comes is kept. */
export function disconnectInbound(into: Inbound): void {
  into.session = undefined;
  into.congestedAt = undefined;
}

/** When that millisecond of what the session was given came from the carrier. */
export function arrivalOf(into: Inbound, givenMs: number): number {
  return into.kept.arrivedAt[frameOf(into, givenMs) % keptFrames]!;
}

/** When the oldest frame that is kept came. */
export function oldestArrival({ kept }: Inbound): number {
  return kept.arrivedAt[oldest(kept) % keptFrames]!;
}

/** The frame that holds that millisecond of what the session was given. */
export function frameOf(into: Inbound, givenMs: number): number {
  return frameHolding(into.kept, givenMs, into.given);
}

/** True when the session has not taken its audio for too long. */
export function isTooSlow({ congestedAt }: Inbound, now: number): boolean {
  return congestedAt !== undefined && now - congestedAt > limits.tooSlowMs;
}

function fill(into: Inbound, count: number, now: number): void {
  into.filled += count;
  for (let left = count; left > 0; left -= 1) pass(into, silentFrame, now);
}

function pass(into: Inbound, payload: string, now: number): void {
  const { kept, session } = into;
  keep(kept, payload, now);
  if (session === undefined) return;
  if (into.congestedAt === undefined && into.given === kept.next - 1) give(into, session, payload);
  else dropOldest(into);
  if (kept.next % framesBetweenLooks === 0) lookAtBacklog(into, session, now);
}

function give(into: Inbound, session: Listening, payload: string): void {
  into.givenMs += soundMs(payload);
  into.kept.givenEndMs[into.given % keptFrames] = into.givenMs;
  into.given += 1;
  session.hear(payload);
}

function giveWaiting(into: Inbound, session: Listening): void {
  while (into.given < into.kept.next) give(into, session, frameAt(into.kept, into.given));
}

/** The backlog grows by bytes that cost a look each; ten frames are 200 ms. */
const framesBetweenLooks = 10;

function lookAtBacklog(into: Inbound, session: Listening, now: number): void {
  if (session.backlog() > limits.modelBacklogBytes[0]) into.congestedAt ??= now;
}

function relieve(into: Inbound): void {
  if (!into.session || into.session.backlog() > limits.modelBacklogBytes[1]) return;
  into.congestedAt = undefined;
  giveWaiting(into, into.session);
}

/** A model that does not keep up hears what is said now rather than what was said long ago. */
function dropOldest(into: Inbound): void {
  const first = into.kept.next - limits.heldBackMs / frameMs;
  if (into.given >= first) return;
  into.dropped += first - into.given;
  into.given = first;
}
