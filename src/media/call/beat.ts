import { seemsDeaf, suspected } from './ear.ts';
import { endIfHeard, shut } from './ending.ts';
import { keyed } from './from-carrier.ts';
import { toolDone } from './from-desk.ts';
import { beatInbound, isTooSlow } from './inbound.ts';
import { pressedBefore } from './keypad.ts';
import { limits } from './limits.ts';
import type { Live } from './live.ts';
import { beatPlayout, interject, soundUntil } from './playout.ts';
import { isQuiet, renewInTime } from './renewal.ts';
import { loseModel, repair } from './repair.ts';
import { tellOn } from './script.ts';
import { momentTone } from './tone.ts';

const tone = momentTone();
/** What is not a matter of frames. */
const betweenLooksMs = 100;

/** Every 20 ms: audio is sent on, gaps are filled; now and then, what has become due. */
export function beat(live: Live, now: number): void {
  beatPlayout(live.out, now);
  beatInbound(live.into, now);
  if (now < live.lookAt) return;
  live.lookAt = now + betweenLooksMs;
  tellOn(live.script, now);
  if (now - live.into.gaps.lastAt >= limits.deadStreamMs) return shut(live, 'dropped', now);
  lookAtKeys(live, now);
  lookAtModel(live, now);
  lookAtSilence(live, now);
  endIfHeard(live, now);
}

function lookAtKeys(live: Live, now: number): void {
  const run = pressedBefore(live.pad, now);
  if (run) keyed(live, run, now);
}

function lookAtModel(live: Live, now: number): void {
  giveUpTools(live, now);
  noticeBreak(live, now);
  if (live.link?.readyAt !== undefined && isTooSlow(live.into, now)) return loseModel(live, 'too-slow', now);
  if (isDeaf(live, now)) {
    suspected(live.ear, now);
    return loseModel(live, 'too-slow', now);
  }
  repair(live, { type: 'time', owedSince: owedSince(live) }, now);
  renewInTime(live, now);
}

/** The desk does not say what came of a tool: the model need not wait for ever. */
function giveUpTools(live: Live, now: number): void {
  for (const [callId, since] of live.tools) {
    if (now - since >= limits.toolMs) toolDone(live, callId, { ok: false, why: 'unavailable' });
  }
}

/** An answer has begun and its audio has run out: the rest of it is owed. */
function noticeBreak(live: Live, now: number): void {
  const { link, out, owed, speechUntil } = live;
  if (owed || !link?.receiving || soundUntil(out) >= now) return;
  live.owed = { by: 'model', since: speechUntil, ask: undefined };
}

function isDeaf(live: Live, now: number): boolean {
  const { link, owed, out, ear, phase, callerSpeaks } = live;
  if (phase !== 'open' || link?.readyAt === undefined || owed || soundUntil(out) >= now) return false;
  if (!seemsDeaf(ear, callerSpeaks, now)) return false;
  live.unheardFrom ??= ear.from - deafFrames;
  return true;
}

/** Speech begins softer than our ear notices. */
const deafFrames = 15;

function owedSince({ owed, callerSpeaks, speechUntil }: Live): number | undefined {
  if (owed?.by !== 'model' || callerSpeaks) return undefined;
  return Math.max(owed.since, speechUntil);
}

/** A caller who waits hears a tone before two seconds of nothing are over; one for whom we wait, in the end, is asked. */
function lookAtSilence(live: Live, now: number): void {
  const since = unexpectedSince(live);
  if (since !== undefined && now - Math.max(since, soundUntil(live.out)) >= limits.toneAfterMs) {
    live.stats.tones += 1;
    interject(live.out, tone, now);
  }
  if (live.isQuietTold || !isQuiet(live, limits.quietMs, now)) return;
  live.isQuietTold = true;
  live.options.tell({ type: 'quiet' });
}

/** Since when the caller hears nothing that should be there. */
function unexpectedSince({ phase, mending, owed, callerSpeaks }: Live): number | undefined {
  if (phase !== 'open') return undefined;
  const sinceLoss = mending.phase === 'live' ? undefined : mending.since;
  if (owed === undefined || callerSpeaks) return sinceLoss;
  return sinceLoss === undefined ? owed.since : Math.min(owed.since, sinceLoss);
}
