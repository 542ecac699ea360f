import type { Conversation } from './conversation.ts';
import type { Utterance } from './hearing.ts';

/**
 * How long each state of a call may stay silent before something is said or the call ends. Milliseconds.
 * The relay must open within the 60 s that its token lives, plus the opening sentence.
 */
export const limits = {
  byPhase: {
    opening: 75_000,
    /** The line tells of silence every few seconds; without any word of it for so long it is gone. */
    talking: 100_000,
    listening: 8_000,
    leaving: 1_500,
    transferring: 4 * 60 * 60_000,
  },
  /** Until "one moment", which is heard within two seconds of the question, and from there until somebody else answers. */
  thinkingMs: [1_800, 8_000],
  /** From asking the relay to end until the call is ended without it. */
  leavingMs: 15_000,
  /** The same for the line, which first lets be heard what is being said. */
  lineLeavingMs: 20_000,
  betweenKeysMs: 2_500,
  keys: 32,
  chunks: 8,
  silences: 3,
  losses: 3,
} as const;

/** How long a call may be without a sign of life, after which the watchdog ends it; the timers of the call come first. */
export function watchedMs(phase: Conversation['phase']): number {
  return phase === 'transferring' ? limits.byPhase.transferring : 120_000;
}

/** Speech synthesis speaks about 15 characters a second; slower is safe, it only makes us wait. */
const charactersPerSecond = 14;

/** A key with its pause, and the `w` among keys. */
const keyMs = 300;
const waitMs = 500;

/** How long the outstanding words and keys take to be heard. */
export function playingMs(unheard: readonly Utterance[]): number {
  const ms = unheard.reduce((sum, one) => sum + (one.isKeys ? soundingMs(one.text) : spokenMs(one.text)), 0);
  return Math.ceil(ms);
}

function spokenMs(text: string): number {
  return (text.length / charactersPerSecond) * 1_000;
}

function soundingMs(digits: string): number {
  return [...digits].reduce((sum, key) => sum + (key === 'w' ? waitMs : keyMs), 0);
}
