import type { SpeechLoss } from '#adapters/models';
import { giveUp } from './ending.ts';
import { closeLink, openLink } from './links.ts';
import type { Live } from './live.ts';
import { mend, type MendingEvent } from './mending.ts';

/** The model is lost: another session of it is tried, or the call goes on without. */
export function loseModel(live: Live, why: SpeechLoss, now: number): void {
  closeLink(live, now);
  repair(live, { type: 'lost', why, heardUntil: live.speechUntil }, now);
  repair(live, { type: 'time', owedSince: undefined }, now);
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
