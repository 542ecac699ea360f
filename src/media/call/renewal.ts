import { changeOver, closeSpare, openSpare } from './links.ts';
import type { Link, Live } from './live.ts';
import { soundUntil } from './playout.ts';

/** A session that has lived through so much of its time is renewed when it can be. */
const renewAfter = 5 / 6;
/** Nobody has spoken for so long. */
const calmMs = 1_000;
const betweenTriesMs = 10_000;

/** True when nobody speaks, nobody is about to, and nothing is owed. */
export function isQuiet(live: Live, sinceMs: number, now: number): boolean {
  const { link, out, owed, callerSpeaks, pad, phase } = live;
  if (phase !== 'open' || link?.readyAt === undefined || link.isBusy || owed || callerSpeaks) return false;
  if (pad.digits !== '' || soundUntil(out) > now) return false;
  return now - Math.max(live.speechUntil, live.callerAt, link.readyAt) >= sinceMs;
}

/** Opens the session that is to follow, before the vendor ends the present one and at a moment when nobody notices. */
export function renewInTime(live: Live, now: number): void {
  const { link, spare, spareAt, options } = live;
  if (link?.readyAt === undefined || spare || now < spareAt) return;
  if (now - link.readyAt < options.model.sessionMs * renewAfter || !isFree(live, now)) return;
  live.spareAt = now + betweenTriesMs;
  openSpare(live, now);
}

/** The one that follows is set up. If anything was said meanwhile it knows too little, and another is opened later. */
export function spareReady(live: Live, spare: Link, now: number): void {
  if (isFree(live, now) && live.callerAt <= spare.openedAt && live.speechUntil <= spare.openedAt) {
    changeOver(live, spare, now);
  } else closeSpare(live);
}

export function spareLost(live: Live, now: number): void {
  live.spare = undefined;
  live.spareAt = now + betweenTriesMs;
}

function isFree(live: Live, now: number): boolean {
  return isQuiet(live, calmMs, now) && live.turnsUnheard === 0 && live.out.answers.length === 0;
}
