import { frameMs } from './audio.ts';

/** Milliseconds from the start of the stream, for those who put both sides of a call beside each other. */
export type StreamTime = { readonly startedAt: number; firstMs: number | undefined; callerMs: number };

export function startStream(now: number): StreamTime {
  return { startedAt: now, firstMs: undefined, callerMs: -frameMs };
}

export function streamMs({ startedAt }: StreamTime, now: number): number {
  return Math.max(0, now - startedAt);
}

/** The place of a frame that is played at `playsAt`: whole frames, so that it need not be cut. */
export function agentPlace(time: StreamTime, playsAt: number): number {
  return wholeFrames(streamMs(time, playsAt));
}

/**
 * The place of a caller's frame that stands at `atMs` on the carrier's clock: no two on one, and not ahead of time by
 * more than a second, whatever the carrier's clock says.
 */
export function callerPlace(time: StreamTime, atMs: number, now: number): number {
  const arrivedMs = streamMs(time, now);
  time.firstMs ??= atMs - wholeFrames(arrivedMs);
  const place = Math.round(Math.min(atMs - time.firstMs, arrivedMs + 1_000) / frameMs) * frameMs;
  time.callerMs = Math.max(place, time.callerMs + frameMs);
  return time.callerMs;
}

function wholeFrames(ms: number): number {
  return Math.floor(ms / frameMs) * frameMs;
}
