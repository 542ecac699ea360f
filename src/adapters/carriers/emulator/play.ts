import { followCall } from './follow.ts';
import type { Ended, Leg } from './leg.ts';
import { tellStatus } from './webhooks.ts';

/** The whole life of a call; never rejects. */
export async function play(leg: Leg, voiceUrl: string): Promise<Ended> {
  const ended = await followCall(leg, voiceUrl);
  const wasAnswered = leg.status === 'in-progress' || leg.status === 'completed';
  leg.status = lastStatus(leg.status, ended);
  leg.ear = undefined;
  leg.over = ended;
  leg.log('call-over', ended.how);
  leg.tell();
  await tellStatus(leg, leg.status, 1);
  if (wasAnswered && leg.options.faults?.statusOutOfOrder) await tellStatus(leg, 'in-progress', 0);
  return ended;
}

/** What the carrier calls the end of a call that stood like this. */
function lastStatus(status: string, { how }: Ended): string {
  if (status !== 'ringing') return status === 'in-progress' ? 'completed' : status;
  return how === 'failed' ? 'failed' : 'canceled';
}
