import { errorWords } from '#base';
import type { Waiting } from '../desk.ts';
import { hush } from './hush.ts';
import { limits } from './limits.ts';
import { closeLink, closeSpare } from './links.ts';
import type { Live, Owed } from './live.ts';
import { isUnderstood, tellAll } from './script.ts';

/** What is being said is heard, then the stream is closed; the carrier asks what comes next. */
export function leave(live: Live, now: number): void {
  if (live.phase !== 'open') return;
  live.phase = 'leaving';
  live.phaseUntil = now + limits.leavingMs;
  if (live.owed?.by === 'desk') live.owed = undefined;
  closeSpare(live);
  endIfHeard(live, now);
}

/** The model cannot be brought back: what is left of its words is heard, then the call goes on in another way. */
export function giveUp(live: Live, now: number): void {
  closeSpare(live);
  closeLink(live, now);
  if (live.phase === 'leaving') live.owed = undefined;
  if (live.phase === 'open') {
    live.phase = 'parting';
    live.phaseUntil = now + limits.partingMs;
  }
  endIfHeard(live, now);
}

/** Ends a call that is leaving or parting, once nothing is left to be heard or it has taken too long. */
export function endIfHeard(live: Live, now: number): void {
  const { phase, out, link, owed } = live;
  if (phase !== 'leaving' && phase !== 'parting') return;
  const isComing = phase === 'leaving' && (link?.receiving !== undefined || owed?.by === 'model');
  if (now < live.phaseUntil && (isComing || out.answers.some(({ name, isLasting }) => isLasting || name !== undefined)))
    return;
  hush(live, now);
  tellAll(live.script);
  const lost = { type: 'model-lost', why: live.mending.why, waiting: waitingFor(live, owed) } as const;
  live.options.tell(phase === 'leaving' ? { type: 'drained' } : lost);
  shut(live, 'asked', now);
}

/** Words that nobody has understood cannot be answered by whoever goes on. */
function waitingFor({ script }: Live, owed: Owed | undefined): Waiting {
  const to = owed?.to ?? 'nothing';
  return to === 'words' && !isUnderstood(script) ? 'nothing' : to;
}

/** Closes the stream now. */
export function shut(live: Live, how: Live['how'], now: number): void {
  if (live.phase === 'closing' || live.phase === 'over') return;
  live.phase = 'closing';
  live.how = how;
  finish(live, now);
  live.options.peer.close(1000);
}

/** The carrier's socket is gone. Whatever becomes of the rest, the desk is told. */
export function closed(live: Live, now: number): void {
  if (live.phase === 'over') return;
  try {
    if (live.phase !== 'closing') finish(live, now);
  } catch (error) {
    fail(live, error);
  }
  live.phase = 'over';
  live.options.tell({ type: 'closed', how: live.how });
}

/** A mistake of ours ends this call and no other. */
export function fail(live: Live, error: unknown): void {
  const { reach, plan, peer } = live.options;
  reach.log('error.internal', { call: plan.call.id, ...errorWords(error) });
  live.stopBeats();
  peer.close(1011, 'internal');
}

function finish(live: Live, now: number): void {
  live.stopBeats();
  closeSpare(live);
  // Before anything that could go wrong: a session that is left open costs money.
  live.link?.session.close();
  live.link = undefined;
  hush(live, now);
  tellAll(live.script);
}
