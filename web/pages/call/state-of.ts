import type { Words } from '../../words/en/index.ts';
import type { Conversation } from './conversation.ts';

/** What the secretary is doing, in plain words. */
export function stateOf(call: Conversation, say: Words['call']): string {
  const { states } = say;
  if (call.stage === 'ringing') return call.isSpeaking ? states.speaking : states.ringing;
  if (call.stage !== 'under-way') return states[call.stage];
  if (call.tool !== undefined) return (say.tools[call.tool] ?? say.otherTool)[0];
  if (call.isSpeaking) return states.speaking;
  return stateOfPhase(call, say);
}

function stateOfPhase(call: Conversation, { states }: Words['call']): string {
  if (call.phase === 'leaving' || call.phase === 'transferring' || call.phase === 'over') return states[call.phase];
  if (call.channel === 'live') return call.askedAt === undefined ? states.listening : states.thinking;
  if (call.phase === 'listening' || call.phase === 'talking') return states.listening;
  return call.phase === 'opening' ? states.talking : states.thinking;
}
