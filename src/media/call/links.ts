import { Personal } from '#base';
import type { SpeechLoss } from '#adapters/models';
import { frameMs } from './audio.ts';
import { signOfLife, speechFrom } from './ear.ts';
import { connectInbound, disconnectInbound, oldestArrival } from './inbound.ts';
import { limits } from './limits.ts';
import { restOf, type Link, type Live } from './live.ts';
import { mend } from './mending.ts';
import { endAnswer } from './playout.ts';
import { callerNotUnderstood, historyOf } from './script.ts';

/** What a model is told that takes over in the middle of an answer. */
const goOn =
  'The line to you broke and is back; the caller has noticed at most a short pause. If your last answer was cut off, ' +
  'go on from there. Otherwise answer what the caller said last. Do not greet again and do not repeat what was heard.';

/** What it is told when nothing is left of what the caller said. */
const askAgain =
  'The line to you broke and is back. You did not hear what the caller said last: say that you did not catch it, and ' +
  'ask to hear it again. Do not greet again.';

/** What was said shortly before is heard again: words that had just begun. */
const overlapFrames = 25;

/** Opens a session with all that was said so far, in place of any there is. */
export function openLink(live: Live, now: number): void {
  closeLink(live, now);
  live.stats.reconnects += 1;
  connect(live, now, (link) => {
    live.link = link;
  });
}

/** Opens a session beside the present one, to take its place. */
export function openSpare(live: Live, now: number): void {
  connect(live, now, (link) => {
    live.spare = link;
  });
}

/** The session in use is over, whoever ended it. */
export function closeLink(live: Live, now: number): void {
  const { link } = live;
  if (!link) return;
  live.link = undefined;
  link.session.close();
  if (link.readyAt !== undefined) settleLoss(live, link, now);
}

export function closeSpare(live: Live): void {
  live.spare?.session.close();
  live.spare = undefined;
}

/** The link's session is set up: it hears what it has missed, and what it must do. */
export function linkReady(live: Live, link: Link, now: number): void {
  link.readyAt = now;
  signOfLife(live.ear, now);
  missWords(live, now);
  const isOwed = live.owed?.by === 'model' || live.ear.isUnclaimed;
  [live.mending] = mend(live.mending, { type: 'ready', isOwed }, now);
  connectInbound(live.into, link.session, firstFrameFor(live));
  const { later } = link;
  link.later = [];
  for (const tell of later) tell(link.session);
  if (live.owed?.by !== 'model') return;
  if (live.owed.ask !== undefined) link.session.prompt(live.owed.ask);
  // What no model has understood yet is heard again, and answered as anything the caller says.
  else if (later.length === 0 && live.unheardFrom === undefined) link.session.prompt(goOn);
}

/** The spare is ready and the moment is quiet: nobody notices. */
export function changeOver(live: Live, spare: Link, now: number): void {
  live.spare = undefined;
  closeLink(live, now);
  live.link = spare;
  linkReady(live, spare, now);
}

/** Words that lie too far back to be heard again have to be asked for. */
function missWords(live: Live, now: number): void {
  const { into, unheardFrom, ear } = live;
  if (unheardFrom === undefined || ear.loudAt >= oldestArrival(into)) return;
  live.unheardFrom = undefined;
  ear.isUnclaimed = false;
  live.owed ??= { by: 'model', since: now, from: now, ask: askAgain, to: 'nothing' };
}

function connect(live: Live, now: number, put: (link: Link) => void): void {
  const { model, reach, plan } = live.options;
  const access = { key: new Personal(plan.model.key), baseUrl: plan.model.baseUrl ?? undefined };
  const made: { link?: Link } = {};
  let lostAtOnce: SpeechLoss | undefined;
  const tell = live.listenerOf(() => made.link);
  const lost = (why: SpeechLoss) => {
    if (made.link) tell.lost(why);
    else lostAtOnce = why;
  };
  const listener = { ...tell, lost };
  const session = model.open(reach, access, { ...plan.speech, history: historyOf(live.script) }, listener);
  const link: Link = {
    session,
    openedAt: now,
    readyAt: undefined,
    answers: new Map(),
    receiving: undefined,
    isBusy: false,
    missed: undefined,
    asked: new Set(),
    later: [],
  };
  made.link = link;
  put(link);
  if (lostAtOnce) tell.lost(lostAtOnce);
}

/** What a lost session leaves behind: what it owed is owed still, and what it had not understood is to be heard again. */
function settleLoss(live: Live, link: Link, now: number): void {
  disconnectInbound(live.into);
  // What is told of a turn has been heard; its last words are not to become another turn.
  live.resumeFrom = Math.max(live.into.given - overlapFrames, live.turnEnd + 1);
  if (link.receiving) endAnswer(live.out, link.receiving, now);
  if (link.isBusy) live.owed ??= { ...restOf(live), since: Math.max(now, live.speechUntil), from: now };
  // What was answered is not to be answered again only because its words never came.
  if (!live.owed && !live.callerSpeaks) live.unheardFrom = undefined;
  // It may have been lost before it said that someone spoke.
  if (live.ear.isUnclaimed) live.unheardFrom ??= speechFrom(live.ear);
  if (live.unheardFrom !== undefined) live.ear.isUnclaimed = true;
  live.callerSpeaks = false;
  live.turnsUnheard = 0;
  callerNotUnderstood(live.script, now);
}

function firstFrameFor({ into, resumeFrom, unheardFrom }: Live): number {
  if (resumeFrom === undefined) return into.kept.next - limits.keptAtStartMs / frameMs;
  return Math.min(resumeFrom, unheardFrom ?? resumeFrom);
}
