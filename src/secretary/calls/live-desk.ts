import { errorWords, maskCards, problem, type Ctx, type Id, type Tx } from '#base';
import { carrierNamed } from '#adapters/carriers';
import type { Briefing, HistoryItem, Json } from '#adapters/models';
import type { CallName, Desk, Happening, Joining, LinePlan, Order, RecordingPlan, Told } from '#media';
import { recordingSentence } from '#rules';
import { lineAccount, modelAccessKind } from '#safeguards/accounts';
import { instructionsFor, promptFor, termsOf, toolList, type Agent } from '#secretary/agent';
import { beginRecording } from '#secretary/recordings';
import { tellTurn } from '#secretary/turns';
import { breakerName } from './channel.ts';
import type { CallCtx, CallRef } from './call-ctx.ts';
import type { CallEvent, Conversation, LineEvent } from './conversation.ts';
import { driveCall, type Driver, type Voice } from './drive.ts';
import { hangUpAt } from './hang-up.ts';
import { readTranscript } from './read.ts';
import { loadBriefing, loadReach } from './step.ts';
import { lockCall } from './store.ts';
import { readStreamToken, useStreamToken } from './stream-token.ts';

type Tell = (call: CallName, order: Order) => void;

/**
 * Conducts the calls whose audio a line carries: lets their streams in, writes down what happens, runs what the speech
 * model asks for. Translates, decides nothing. A stream that another process let in is conducted from where it stands.
 */
export function liveDesk(ctx: CallCtx, tell: Tell): Pick<Desk, 'join' | 'resumed' | 'happened'> {
  const drivers = new Map<string, Promise<Conducted>>();
  const driverOf = (call: CallName): Promise<Conducted> => {
    const name = `${call.id}/${call.turn}`;
    const known = drivers.get(name);
    if (known) return known;
    const driver = driverFor(ctx, call, tell);
    drivers.set(name, driver);
    driver.catch(() => drivers.delete(name));
    return driver;
  };
  return {
    join: (joining) => join(ctx, joining),
    async resumed(calls) {
      await Promise.all(calls.map((call) => takeUp(ctx, call, driverOf(call))));
    },
    async happened(call, told) {
      const conducted = await driverOf(call);
      const events = told.flatMap(eventOf);
      if (events.length > 0) await conducted.driver.push(...events);
      for (const one of told) note(ctx, call, { ...conducted, ...one });
      if (told.some(({ happening }) => happening.type === 'closed')) {
        conducted.driver.stop();
        drivers.delete(`${call.id}/${call.turn}`);
      }
    },
  };
}

/** One call that cannot be taken up stands in no other's way; its next happening tries again. */
async function takeUp({ log }: CallCtx, call: CallName, conducted: Promise<Conducted>): Promise<void> {
  try {
    await (await conducted).driver.takeUp();
  } catch (error) {
    log('error.internal', { ...errorWords(error), call: call.id });
  }
}

/** Uses the stream's token and says how its call is to be conducted. Throws `stream-token-invalid`, `vendor-failed`. */
function join(ctx: CallCtx, joining: Joining): Promise<LinePlan> {
  const { ref, turn } = readStreamToken(ctx, joining.token);
  if (ref.organisation !== joining.organisation)
    throw problem('stream-token-invalid', 'The token is for another socket.');
  return ctx.db.tenant(ref.organisation, async (tx) => {
    await useStreamToken(ctx, tx, { ref, turn, carrier: joining.carrier, carrierCallId: joining.callId });
    const call = await lockCall(ctx, tx, ref);
    if (!call || !isHeldBy(turn, call.conversation))
      throw problem('stream-token-invalid', 'The call is no longer held over this stream.');
    const { briefing, model, access, agent, agreed } = await loadReach(ctx, tx, call);
    if (!access) throw problem('vendor-failed', 'The organisation has no key for its speech model.');
    const by = await modelAccessKind(ctx, tx, ref.organisation, model);
    const shown = call.callerNumber ? 'shown' : 'withheld';
    return {
      call: { ...ref, turn },
      speech: {
        instructions: instructionsFor(briefing, ctx.clock.now(), shown),
        tools: await toolList(agent.tools, agreed),
        language: call.conversation.language,
        voice: agent.voice ?? undefined,
        terms: termsOf(briefing),
        history: await historyOf(ctx, tx, ref),
      },
      model: {
        vendor: model,
        key: access.key.reveal(),
        baseUrl: access.baseUrl ?? null,
        by: by === 'own' ? 'organisation' : 'installation',
      },
      taken: call.conversation.taken,
      recording: await recordingOf(ctx, tx, { ...ref, turn }, agent),
    };
  });
}

/** The sentence is the agent's own language, in which the opening has said it too. */
async function recordingOf(ctx: CallCtx, tx: Tx, call: CallName, agent: Agent): Promise<RecordingPlan | null> {
  const begun = agent.record ? await beginRecording(ctx, tx, call) : null;
  return begun && { ...begun, announce: recordingSentence(agent.language) };
}

/** A call listens to one stream: the one it offered last, and none once it goes on by other means. */
function isHeldBy(turn: number, { channel, connected }: Conversation): boolean {
  return channel === 'live' && connected === turn;
}

/** What was said so far; the disclosure is the carrier's and stands in the instructions. */
async function historyOf(ctx: Pick<Ctx, 'keys'>, tx: Tx, ref: CallRef): Promise<readonly HistoryItem[]> {
  const said = (await readTranscript(ctx, tx, ref)).filter(({ kind }) => kind === 'speech' || kind === 'digits');
  return said.flatMap(({ speaker, heard }) => {
    const text = heard?.reveal() ?? '';
    return text === '' ? [] : [{ by: speaker === 'agent' ? ('agent' as const) : ('caller' as const), text }];
  });
}

type Conducted = { readonly driver: Driver; readonly model: string; readonly agentId: Id };

async function driverFor(ctx: CallCtx, name: CallName, tell: Tell): Promise<Conducted> {
  const ref = { organisation: name.organisation, id: name.id };
  const { voice, model, agentId } = await ctx.db.tenant(ref.organisation, async (tx) => {
    const call = await lockCall(ctx, tx, ref);
    if (!call) throw problem('call-not-known', 'The line tells of a call that is not in the books.');
    const { briefing, model: vendor, agent, agreed } = await loadBriefing(tx, call);
    const announce = agent.record && agreed.has('recordings') ? recordingSentence(agent.language) : undefined;
    const accountId = await lineAccount(tx, ref.organisation, call.lineId);
    return {
      voice: voiceOver(ctx, { name, tell, carrierId: call.carrier, accountId, briefing, announce }),
      model: vendor,
      agentId: call.agentId,
    };
  });
  const driver = driveCall(ctx, ref, voice, { fits: ({ conversation }) => isHeldBy(name.turn, conversation) });
  return { driver, model, agentId };
}

type Over = {
  readonly name: CallName;
  readonly tell: Tell;
  readonly carrierId: string;
  readonly accountId: Id;
  readonly briefing: Briefing;
  readonly announce: string | undefined;
};

function voiceOver(ctx: CallCtx, { name, tell, carrierId, accountId, briefing, announce }: Over): Voice {
  const prompt = (instruction: string) => tell(name, { do: 'prompt', instruction });
  return {
    say: (text) => prompt(`Say: "${text}"`),
    language: () => 'en',
    prompt: (input) => prompt(promptFor(input, briefing, announce)),
    press: (digits) => tell(name, { do: 'press', digits }),
    result: (callId, result) => tell(name, { do: 'result', callId, result }),
    leave: () => tell(name, { do: 'leave' }),
    hangUp: async (call) => {
      tell(name, { do: 'close' });
      const carrier = carrierNamed(ctx.carriers, carrierId);
      await hangUpAt(ctx, carrier, { ref: call.ref, accountId, carrierCallId: call.carrierCallId });
    },
  };
}

function eventOf({ n, happening }: Told): CallEvent[] {
  const event = translate(happening);
  return event ? [{ type: 'happened', n, event }] : [];
}

/** In the words of the machine; undefined for what is no part of the conversation. */
function translate(happening: Happening): LineEvent | undefined {
  switch (happening.type) {
    case 'heard':
      return { type: 'heard', text: maskCards(happening.text) };
    case 'asks':
      return { type: 'asks', key: happening.callId, use: { tool: happening.tool, input: inputOf(happening.input) } };
    case 'model-lost':
      return { type: 'model-lost', waiting: happening.waiting };
    case 'turn':
      return { type: 'told', fact: { what: 'turn', times: happening.times } };
    case 'used': {
      const { inputTokens, outputTokens, audioSeconds } = happening;
      return { type: 'told', fact: { what: 'usage', inputTokens, outputTokens, audioSeconds } };
    }
    case 'recorded': {
      const { segments, ms, announced } = happening;
      return { type: 'told', fact: { what: 'recorded', segments, ms, announced } };
    }
    case 'drained':
    case 'closed':
      return undefined;
    default:
      return happening;
  }
}

/** What is not an object is left to the tool's own check of its input. */
function inputOf(text: string): { readonly [key: string]: Json } {
  try {
    const parsed = JSON.parse(text) as Json;
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)
      ? (parsed as { readonly [key: string]: Json })
      : {};
  } catch {
    return {};
  }
}

/** A vendor that answered is trusted again. */
function note(ctx: CallCtx, call: CallName, { model, agentId, n, happening }: Conducted & Told): void {
  if (happening.type !== 'turn') return;
  ctx.live.breakers.worked(breakerName(model, call.organisation));
  const { organisation, id: callId, turn: stream } = call;
  const { times } = happening;
  tellTurn(ctx.telemetry, { organisation, callId, stream, n, agentId, at: ctx.clock.now(), times });
}
