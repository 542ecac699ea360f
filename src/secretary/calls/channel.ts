import type { Id, Tx } from '#base';
import { hasModelAccess } from '#safeguards/accounts';
import type { Agent } from '#secretary/agent';
import type { CallCtx } from './call-ctx.ts';
import type { Channel } from './conversation.ts';
import { modelNamed } from './model-named.ts';

/** How a call begins: by which channel, and whether the scripted receptionist stands in for the agent's model. */
export type Beginning = { readonly channel: Channel; readonly standIn: boolean };

/**
 * A call that the agent would hold live is held so when its model has a key, has not just failed again and again, and a
 * line can take the audio. Otherwise it is answered all the same, by text.
 */
export async function beginningOf(
  ctx: Pick<CallCtx, 'config' | 'models' | 'live'>,
  tx: Tx,
  organisation: Id,
  agent: Agent,
): Promise<Beginning> {
  if (agent.model === 'scripted') return { channel: textChannel(agent), standIn: false };
  const hasAccess = await hasModelAccess(ctx, tx, organisation, agent.model);
  const isTrusted = hasAccess && ctx.live.breakers.allows(breakerName(agent.model, organisation));
  const canTalk = agent.speech === 'live' && modelNamed(ctx.models, agent.model).speech !== undefined;
  if (isTrusted && canTalk && ctx.live.ready()) return { channel: 'live', standIn: false };
  return { channel: textChannel(agent), standIn: !isTrusted };
}

function textChannel({ speech }: Agent): Channel {
  return speech === 'gather' ? 'gather' : 'relay';
}

/** The name under which failures of a vendor are counted for an organisation. */
export function breakerName(model: string, organisation: Id): string {
  return `${model}:${organisation}`;
}
