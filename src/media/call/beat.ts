import { suspicion } from './ear.ts';
import { endIfHeard, shut } from './ending.ts';
import { keyed } from './from-carrier.ts';
import { toolDone } from './from-desk.ts';
import { beatInbound, isTooSlow } from './inbound.ts';
import { pressedBefore } from './keypad.ts';
import { limits } from './limits.ts';
import { restOf, type Live } from './live.ts';
import { beatPlayout, interject, soundUntil } from './playout.ts';
import { isQuiet, renewInTime } from './renewal.ts';
import { loseModel, repair } from './repair.ts';
import { tellOn } from './script.ts';
import { momentTone } from './tone.ts';

const tone = momentTone();
/** What is not a matter of frames. */
const betweenLooksMs = 100;

/** Every 40 ms: audio is sent on, gaps are filled; now and then, what has become due. */
export function beat(live: Live, now: number): void {
  beatPlayout(live.out, now);
  beatInbound(live.into, now);
  if (now < live.lookAt) return;
  const nextAt = live.lookAt + betweenLooksMs;
  live.lookAt = nextAt > now ? nextAt : now + betweenLooksMs;
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
  lookForLife(live, now);
  repair(live, { type: 'time', owedSince: owedSince(live) }, now);
  renewInTime(live, now);
}

/** The desk does not say what came of a tool: the model need not wait for ever. */
function giveUpTools(live: Live, now: number): void {
  for (const [callId, since] of live.tools) {
    if (now - since >= limits.toolMs) toolDone(live, callId, { ok: false, why: 'unavailable' });
  }
}

/** An answer has begun and its audio has run out: the rest of it, or what comes behind it, is owed. */
function noticeBreak(live: Live, now: number): void {
  const { link, out, owed, speechUntil } = live;
  if (owed || !link?.isBusy || soundUntil(out) >= now) return;
  link.missed = { ...restOf(live), since: speechUntil, from: speechUntil };
  live.owed = link.missed;
}

/** A model that should have said something and does not even show that it is there is lost. */
function lookForLife(live: Live, now: number): void {
  const { link, ear, callerSpeaks, phase } = live;
  if (link?.readyAt === undefined || phase !== 'open') return;
  const owed = owedSince(live);
  const found = suspicion(ear, { callerSpeaks, owedSince: owed }, now);
  if (found === 'ask') link.session.probe();
  if (found === 'dead') {
    // Someone has spoken and it did not hear them.
    if (owed === undefined) ear.isUnclaimed = true;
    loseModel(live, 'too-slow', now, Math.max(owed ?? ear.loudAt, now - limits.toneAfterMs));
  }
}

function owedSince({ owed, callerSpeaks, speechUntil }: Live): number | undefined {
  if (owed?.by !== 'model' || callerSpeaks) return undefined;
  return Math.max(owed.from, speechUntil);
}

/** A caller who waits hears a tone before two seconds of nothing are over; one for whom we wait, in the end, is asked. */
function lookAtSilence(live: Live, now: number): void {
  const since = unexpectedSince(live, now);
  if (since !== undefined && now - Math.max(since, soundUntil(live.out)) >= limits.toneAfterMs) {
    live.stats.tones += 1;
    interject(live.out, tone, now);
  }
  if (live.isQuietTold || !isQuiet(live, limits.quietMs, now)) return;
  live.isQuietTold = true;
  live.options.tell({ type: 'quiet' });
}

/** Since when the caller hears nothing that should be there. */
function unexpectedSince(live: Live, now: number): number | undefined {
  const { phase, mending, owed, callerSpeaks } = live;
  if (phase !== 'open') return undefined;
  const since = [
    mending.phase === 'live' ? undefined : mending.since,
    callerSpeaks ? undefined : owed?.since,
    unclaimedSince(live, now),
  ];
  return since.reduce((first, one) => (one === undefined ? first : Math.min(one, first ?? one)), undefined);
}

/** Someone spoke and no model says so. What nobody answers after all was no speech. */
function unclaimedSince({ ear }: Live, now: number): number | undefined {
  return ear.isUnclaimed && now - ear.loudAt < limits.giveUpMs ? ear.loudAt : undefined;
}
