import { frameMs } from './audio.ts';
import { isLoud } from './loudness.ts';

/**
 * Our own ear, far duller than a model's: it only notices that a model has gone deaf, because someone spoke and the
 * model does not say so. A socket that still takes audio and gives nothing shows in no other way.
 */
export type Ear = {
  /** Number of the frame with which the sound began, how long it was loud, and when it last was. */
  from: number;
  loudMs: number;
  loudAt: number;
  /** Until then nothing is suspected: a suspicion that was wrong makes the next one wait longer. */
  trustUntil: number;
  trustMs: number;
};

const limits = {
  /** Sounds further apart do not belong together. */
  pauseMs: 1_000,
  /** Shorter than this was no speech. A model tells of speech within a few hundred milliseconds. */
  speechMs: 300,
  /** Sound without end of which the model says nothing. */
  endlessMs: 5_000,
  /** How long a model may wait for more once the caller is silent: semantic turn detection takes up to 4 s. */
  endpointMs: 5_000,
  trustMs: 30_000,
  mostTrustMs: 8 * 60_000,
} as const;

export function openEar(now: number): Ear {
  return { from: 0, loudMs: 0, loudAt: now, trustUntil: 0, trustMs: limits.trustMs };
}

/** Listens to the frame of that number. */
export function listen(ear: Ear, payload: string, at: number, now: number): void {
  if (!isLoud(payload)) return;
  if (ear.loudMs === 0 || now - ear.loudAt > limits.pauseMs) {
    ear.from = at;
    ear.loudMs = 0;
  }
  ear.loudMs += frameMs;
  ear.loudAt = now;
}

/** The model says something, whatever it is: it is not deaf. */
export function forget(ear: Ear): void {
  ear.loudMs = 0;
}

/** The model reacted to what was said: it can be trusted as before. */
export function trust(ear: Ear): void {
  ear.trustMs = limits.trustMs;
}

/** True when someone has spoken and the model should have said so; `callerSpeaks` is what it said last. */
export function seemsDeaf(ear: Ear, callerSpeaks: boolean, now: number): boolean {
  if (now < ear.trustUntil) return false;
  const silentMs = now - ear.loudAt;
  if (callerSpeaks) return silentMs >= limits.endpointMs;
  return ear.loudMs >= limits.endlessMs || (ear.loudMs >= limits.speechMs && silentMs >= limits.pauseMs);
}

/** The suspicion is being acted on. */
export function suspected(ear: Ear, now: number): void {
  ear.trustUntil = now + ear.trustMs;
  ear.trustMs = Math.min(ear.trustMs * 2, limits.mostTrustMs);
  ear.loudMs = 0;
}
