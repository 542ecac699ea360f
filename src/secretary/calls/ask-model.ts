import { errorWords } from '#base';
import type { ModelReach, TextModel, Turn, TurnInput } from '#adapters/models';
import { loadAgent, toolList } from '#secretary/agent';
import type { CallCtx } from './call-ctx.ts';
import { breakerName } from './channel.ts';
import type { CallEvent } from './conversation.ts';
import { limits } from './limits.ts';
import { modelNamed } from './model-named.ts';
import { loadBriefing, loadReach } from './step.ts';
import type { LockedCall } from './store.ts';

/** The model's turn, outside any transaction, as an event: its reply, or that it failed. */
export async function askModel(
  ctx: CallCtx,
  call: LockedCall,
  { turn, input }: { turn: number; input: TurnInput },
): Promise<CallEvent> {
  try {
    const { organisation } = call.ref;
    const { model: state, standIn } = call.conversation;
    const { briefing, model, access, agent, agreed } = await ctx.db.tenant(organisation, async (tx) =>
      standIn ? { ...(await loadBriefing(tx, call)), access: undefined } : loadReach(ctx, tx, call),
    );
    const asked = { state, input, briefing, now: ctx.clock.now(), tools: await toolList(agent.tools, agreed) };
    const reach = { ...ctx, access };
    const speaker = modelNamed(ctx.models, standIn ? 'scripted' : model);
    const known = standIn && state === null ? await introduced(speaker, { asked, reach, call }) : asked;
    const reply = await speaker.turn(known, reach);
    // A greeting proves nothing, it is said without asking anyone; and who comes too late is no help.
    const isInTime = ctx.clock.now() - asked.now < limits.thinkingMs[0] + limits.thinkingMs[1];
    if (!standIn && input.type !== 'start' && isInTime) ctx.live.breakers.worked(breakerName(model, organisation));
    return { type: 'replied', turn, reply };
  } catch (error) {
    ctx.log('error.internal', { ...errorWords(error), call: call.ref.id });
    return { type: 'model-failed', turn };
  }
}

/** The model that an agent has lost is trusted a little less. */
export async function distrust(ctx: CallCtx, { ref: { organisation }, agentId }: LockedCall): Promise<void> {
  const { model } = await ctx.db.tenant(organisation, (tx) => loadAgent(tx, organisation, agentId));
  ctx.live.breakers.failed(breakerName(model, organisation));
}

/** Whoever takes over in the middle of a call begins as at its start, only that what they would say first is not said. */
async function introduced(
  speaker: TextModel,
  { asked, reach, call }: { asked: Turn; reach: ModelReach; call: LockedCall },
): Promise<Turn> {
  if (asked.input.type === 'start') return asked;
  const start = { type: 'start', callerNumber: call.callerNumber?.reveal() } as const;
  // It goes on in the language that was spoken until now.
  const briefing = { ...asked.briefing, language: call.conversation.language };
  const { state } = await speaker.turn({ ...asked, briefing, input: start }, reach);
  return { ...asked, state };
}
