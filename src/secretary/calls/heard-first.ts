import type { Ctx, Tx } from '#base';
import { recordingSentence, type OpeningPart, type Source } from '#rules';
import type { Organisation } from '#safeguards/accounts';
import { briefingOf, type Agent } from '#secretary/agent';
import type { Channel } from './conversation.ts';
import { modelNamed } from './model-named.ts';
import { openingOf, type Opening, type OpeningCtx } from './opening.ts';

/** A sentence as a caller hears it, who speaks it, and why it is said. */
export type HeardSentence = {
  readonly what: OpeningPart['what'] | 'greeting';
  readonly text: string;
  readonly by: 'carrier' | 'model';
  /** `law`, `chosen`, `off`: of the AI disclosure. `inside`: once more in the recording, so that it proves itself. `added`: by the model, behind the business's own words. */
  readonly why: 'always' | 'law' | 'chosen' | 'off' | 'recorded' | 'inside' | 'own-words' | 'added';
};

/** What a caller hears before they have said a word, and what it was decided by. */
export type HeardFirst = {
  readonly sentences: readonly HeardSentence[];
  readonly channel: Channel;
  /** The scripted receptionist answers, because the agent's own model cannot. */
  readonly standIn: boolean;
  readonly disclosure: {
    readonly said: boolean;
    readonly why: 'law' | 'chosen' | 'off';
    readonly region: string;
    readonly rule: string;
  } & Source;
  /** `not-live`: the agent records, and a call would not be held live now; `not-agreed`: the business has not agreed to recordings. */
  readonly recording: { readonly said: boolean; readonly why: 'recorded' | 'off' | 'not-live' | 'not-agreed' };
};

type Ctxs = OpeningCtx & Omit<Ctx, 'db'>;
type Whose = { readonly agent: Agent; readonly business: Organisation };

/**
 * What a caller of this agent, saved or not, hears first if they ring now: from what decides it in a call, and with the
 * greeting that the model itself gives where it speaks through the carrier. Nothing leaves this machine for it.
 */
export async function heardFirst(ctx: Ctxs, tx: Tx, whose: Whose): Promise<HeardFirst> {
  const opening = await openingOf(ctx, tx, whose);
  const { beginning, ai, recorded, parts, rule } = opening;
  const why = whyOf(opening, whose.agent);
  const spoken = parts.map(({ what, text }): HeardSentence => ({
    what,
    text,
    by: 'carrier',
    why: what === 'introduction' ? why : whyByPart[what],
  }));
  return {
    sentences: [...spoken, ...(await greetingOf(ctx, whose, opening))],
    ...beginning,
    disclosure: { said: ai, why, region: whose.business.region, rule: rule.id, ...rule.item.source },
    recording: { said: recorded, why: recordingWhy(opening, whose.agent) },
  };
}

const whyByPart = { welcome: 'always', recording: 'recorded' } as const;

function whyOf({ rule }: Opening, { discloseAi }: Agent): 'law' | 'chosen' | 'off' {
  if (rule.item.aiDisclosure === 'demanded') return 'law';
  return discloseAi ? 'chosen' : 'off';
}

function recordingWhy({ recorded, beginning }: Opening, { record }: Agent): HeardFirst['recording']['why'] {
  if (recorded) return 'recorded';
  if (!record) return 'off';
  return beginning.channel === 'live' ? 'not-agreed' : 'not-live';
}

/** A speech model is told to say the greeting word for word, behind the announcement when the call is recorded. */
async function greetingOf(ctx: Ctxs, whose: Whose, { beginning, recorded }: Opening): Promise<HeardSentence[]> {
  const { agent } = whose;
  const greeting = { what: 'greeting', why: 'own-words' } as const;
  if (beginning.channel !== 'live') {
    const said = await saidAtStart(ctx, whose, beginning.standIn);
    return said.map((text) => ({
      ...greeting,
      text,
      by: 'carrier',
      why: agent.greeting.includes(text) ? 'own-words' : 'added',
    }));
  }
  const again = { what: 'recording', text: recordingSentence(agent.language), by: 'model', why: 'inside' } as const;
  const own: HeardSentence[] = agent.greeting === '' ? [] : [{ ...greeting, text: agent.greeting, by: 'model' }];
  return recorded ? [again, ...own] : own;
}

/** A call begins with the model's turn to a start, for which no vendor is asked: it has no access here. */
async function saidAtStart(ctx: Ctxs, { agent, business }: Whose, standIn: boolean): Promise<readonly string[]> {
  const speaker = modelNamed(ctx.models, standIn ? 'scripted' : agent.model);
  const turn = {
    state: null,
    input: { type: 'start', callerNumber: undefined },
    briefing: briefingOf(agent, business),
    now: ctx.clock.now(),
  } as const;
  return (await speaker.turn(turn, { ...ctx, access: undefined })).say;
}
