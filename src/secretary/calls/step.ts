import type { Tx } from '#base';
import { modelAccess, organisation as loadOrganisation } from '#safeguards/accounts';
import { agreedTo, type Agreed } from '#safeguards/retention';
import { briefingOf, loadAgent, runTool, type Agent } from '#secretary/agent';
import type { Briefing, ModelAccess, ToolUse } from '#adapters/models';
import type { CallCtx, CallRef } from './call-ctx.ts';
import { advance } from './conduct.ts';
import type { CallEvent, Conversation, ToDo } from './conversation.ts';
import { decisionsIn, type Decision } from './decisions.ts';
import { usageOf, writeStep } from './entries.ts';
import { newState, openCall, type LockedCall, type OpenedCall } from './store.ts';

/** What a step was taken for: the webhook's key when it is one, and whether it still fits the call's state. */
export type Occasion = { readonly key?: string; fits(call: LockedCall): boolean };

export type StepResult = {
  /** `repeated`: the occasion is the one answered last. `stale`: it belongs to a state long left. */
  readonly taken: 'taken' | 'repeated' | 'stale' | 'gone';
  readonly call: LockedCall | undefined;
  readonly todos: readonly ToDo[];
};

/**
 * Takes one step of the call in one transaction: state, transcript, tool effects and audit entries commit together
 * or not at all. Nothing is spoken before this has returned.
 */
export function takeStep(
  ctx: CallCtx,
  ref: CallRef,
  events: readonly CallEvent[],
  occasion?: Occasion,
): Promise<StepResult> {
  return ctx.db.tenant(ref.organisation, async (tx) => {
    const opened = await openCall(ctx, tx, ref);
    if (!opened) return { taken: 'gone', call: undefined, todos: [] };
    const { call } = opened;
    if (occasion && !occasion.fits(call)) {
      return { taken: call.answered === occasion.key ? 'repeated' : 'stale', call, todos: [] };
    }
    return apply(ctx, tx, opened, { events, answered: occasion?.key ?? answeredAfter(call, events) });
  });
}

/** Runs the tool that the call waits for and takes the step that follows, in one transaction: its commit point. */
export function runToolStep(ctx: CallCtx, ref: CallRef, key: string, use: ToolUse): Promise<StepResult> {
  return ctx.db.tenant(ref.organisation, async (tx) => {
    const opened = await openCall(ctx, tx, ref);
    const call = opened?.call;
    if (!call || call.conversation.running?.key !== key) return { taken: 'stale', call, todos: [] };
    const who = {
      organisation: ref.organisation,
      callId: ref.id,
      agentId: call.agentId,
      contactId: call.contactId,
      callerNumber: call.callerNumber,
    };
    const result = await runTool(ctx, tx, who, { ...use, key });
    return apply(ctx, tx, opened, { events: [{ type: 'ran', key, result }], answered: call.answered });
  });
}

/** Once a socket is open, no earlier webhook may be answered again: its repetition is a replay. */
function answeredAfter(call: LockedCall, events: readonly CallEvent[]): string {
  return events.some(isOpening) ? 'socket' : call.answered;
}

/** Also when the line tells it. */
function isOpening(event: CallEvent): boolean {
  return event.type === 'opened' || (event.type === 'happened' && event.event.type === 'opened');
}

type Briefed = {
  readonly briefing: Briefing;
  readonly model: string;
  readonly agent: Agent;
  readonly agreed: Agreed;
};

/** What the model is told of the business as it stands now, which model it is, and what data may be used for. */
export async function loadBriefing(
  tx: Tx,
  { ref: { organisation }, agentId }: Pick<LockedCall, 'ref' | 'agentId'>,
): Promise<Briefed> {
  const [agent, business, agreed] = await Promise.all([
    loadAgent(tx, organisation, agentId),
    loadOrganisation(tx, organisation),
    agreedTo(tx, organisation),
  ]);
  const briefing = { ...briefingOf(agent, business), canBook: agreed.has('appointments') };
  return { briefing, model: agent.model, agent, agreed };
}

/** The same, and how the model is reached: for who is about to ask it, because its key is opened for that. */
export async function loadReach(
  ctx: Pick<CallCtx, 'keys' | 'config' | 'clock' | 'random'>,
  tx: Tx,
  call: Pick<LockedCall, 'ref' | 'agentId'>,
): Promise<Briefed & { readonly access: ModelAccess | undefined }> {
  const briefed = await loadBriefing(tx, call);
  return { ...briefed, access: await modelAccess(ctx, tx, call.ref.organisation, briefed.model) };
}

async function apply(
  ctx: CallCtx,
  tx: Tx,
  { call, seals }: OpenedCall,
  { events, answered }: { readonly events: readonly CallEvent[]; readonly answered: string },
): Promise<StepResult> {
  const before = call.conversation;
  const todos: ToDo[] = [];
  const decided: Decision[] = [];
  const after = events.reduce<Conversation>((state, event) => {
    const [next, more] = advance(state, event);
    todos.push(...more);
    decided.push(...decisionsIn(state, next));
    return next;
  }, before);
  const page = { ctx, tx, ref: call.ref, agentId: call.agentId, seals };
  const isMoved = after !== before || answered !== call.answered;
  const state = isMoved ? newState(page, { conversation: after, answered }, usageOf(todos)) : undefined;
  await writeStep(page, { before, after, todos, decided }, state);
  return { taken: 'taken', call: { ...call, conversation: after, answered }, todos };
}
