import { Type } from 'typebox';
import type { Id, Tx } from '#base';
import { route, type Route } from '#edge';
import { organisation as loadOrganisation } from '#safeguards/accounts';
import { loadAgent, type Agent } from '#secretary/agent';
import { heardFirst } from '#secretary/calls';
import { id } from '../api/shapes.ts';
import { insistOnAgent } from './agents.ts';
import type { AgentCtx } from './ctx.ts';
import { change } from './shapes.ts';

const params = Type.Object({ id });

const sentence = Type.Object({
  what: Type.Enum(['welcome', 'introduction', 'recording', 'greeting']),
  text: Type.String(),
  by: Type.Enum(['carrier', 'model']),
  why: Type.Enum(['always', 'law', 'chosen', 'off', 'recorded', 'inside', 'own-words', 'added'], {
    description:
      'law, chosen, off: whether it says that it is an AI. inside: again in the recording, so that it proves itself.',
  }),
});

const output = {
  200: Type.Object({
    sentences: Type.Array(sentence),
    channel: Type.Enum(['live', 'relay', 'gather']),
    standIn: Type.Boolean({ description: 'The scripted receptionist answers, because the own model cannot.' }),
    disclosure: Type.Object({
      said: Type.Boolean(),
      why: Type.Enum(['law', 'chosen', 'off']),
      region: Type.String({ description: 'Of the organisation.' }),
      rule: Type.String({ description: 'The file of rules that holds there.' }),
      law: Type.String(),
      readOn: Type.String(),
      confidence: Type.Enum(['primary', 'secondary', 'memory']),
    }),
    recording: Type.Object({ said: Type.Boolean(), why: Type.Enum(['recorded', 'off', 'not-live', 'not-agreed']) }),
  }),
};

/** What a caller hears first, of an agent as it is and as it might be. */
export function openingRoutes(ctx: AgentCtx): Route[] {
  return [now(ctx), drafted(ctx)];
}

function now(ctx: AgentCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/agents/:id/opening',
    say: 'What a caller hears first if they ring now, sentence by sentence, with the reason for each.',
    may: { scope: 'agents:read' },
    limit: 'api',
    audits: null,
    params,
    output,
    async run({ who: { organisation }, params: { id: agent } }) {
      const json = await ctx.db.tenant(organisation, async (tx) =>
        hear(ctx, tx, await loadAgent(tx, organisation, agent)),
      );
      return { status: 200 as const, json };
    },
  });
}

function drafted(ctx: AgentCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/agents/:id/opening',
    say: 'The same with changes that are not saved. Refused with their mistakes, as saving them would be.',
    may: { scope: 'agents:read' },
    limit: 'api',
    audits: null,
    reads: true,
    params,
    body: change,
    output,
    async run({ who: { organisation }, params: { id: agent }, body }) {
      const json = await ctx.db.tenant(organisation, async (tx) => {
        const before = await loadAgent(tx, organisation, agent);
        const after: Agent = { ...before, ...body };
        await insistOnAgent(ctx, tx, { before, after });
        return hear(ctx, tx, after);
      });
      return { status: 200 as const, json };
    },
  });
}

async function hear(ctx: AgentCtx, tx: Tx, agent: Agent & { readonly organisation: Id }) {
  const business = await loadOrganisation(tx, agent.organisation);
  const { sentences, ...heard } = await heardFirst(ctx, tx, { agent, business });
  return { ...heard, sentences: [...sentences] };
}
