import type { SpeechLoss } from '#adapters/models';
import { giveUp } from './ending.ts';
import { limits } from './limits.ts';
import { closeLink, openLink } from './links.ts';
import type { Live } from './live.ts';
import { mend, type MendingEvent } from './mending.ts';

/**
 * The model is lost: another session of it is tried, or the call goes on without. The caller goes without from `since`
 * on, or from when the words are over that are still to be heard.
 */
export function loseModel(live: Live, why: SpeechLoss, now: number, since = hiddenUntil(live, now)): void {
  closeLink(live, now);
  repair(live, { type: 'lost', why, since }, now);
  repair(live, { type: 'time', owedSince: undefined }, now);
}

/** Words that are played hide the loss, but nobody can speak over them: not for long. */
function hiddenUntil({ speechUntil }: Live, now: number): number {
  return Math.min(Math.max(now, speechUntil), now + limits.hiddenLossMs);
}

/** Carries out what becomes of the model. */
export function repair(live: Live, event: MendingEvent, now: number): void {
  if (live.phase !== 'open' && live.phase !== 'leaving') return;
  const [mending, todo] = mend(live.mending, event, now);
  live.mending = mending;
  // Who is leaving needs no model any more; nothing is owed that would be heard.
  if (todo === 'open' && live.phase === 'open') openLink(live, now);
  else if (todo !== undefined) giveUp(live, now);
}
