import { frameMs } from './audio.ts';
import { limits } from './limits.ts';

/** Where frames of the caller are missing, so that silence can take their place. */
export type Gaps = {
  /** Where the next frame should stand on the carrier's clock; undefined before the first. */
  expectedMs: number | undefined;
  /** When the last frame came, and how much has been filled in since. */
  lastAt: number;
  filledMs: number;
};

export function noGaps(now: number): Gaps {
  return { expectedMs: undefined, lastAt: now, filledMs: 0 };
}

/**
 * A frame has come that stands at `atMs` and lasts `soundMs`: how many frames of silence belong before it. A jump of the
 * carrier's clock counts as far as time has passed, or one second: what is filled in keeps the pace of time.
 */
export function framesBefore(gaps: Gaps, frame: { atMs: number; soundMs: number }, now: number): number {
  const most = Math.max(now - gaps.lastAt, limits.jumpMs);
  const missing = gaps.expectedMs === undefined ? 0 : Math.min(frame.atMs - gaps.expectedMs, most) - gaps.filledMs;
  gaps.expectedMs = frame.atMs + frame.soundMs;
  gaps.lastAt = now;
  gaps.filledMs = 0;
  return Math.max(0, Math.floor(missing / frameMs));
}

/** No frame has come: how many frames of silence are due by now. */
export function framesDue(gaps: Gaps, now: number): number {
  const silentMs = now - gaps.lastAt;
  if (silentMs < limits.gapMs) return 0;
  const due = Math.floor((silentMs - frameMs - gaps.filledMs) / frameMs);
  if (due <= 0) return 0;
  gaps.filledMs += due * frameMs;
  return due;
}
