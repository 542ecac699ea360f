import { isDeepStrictEqual } from 'node:util';
import { Type } from 'typebox';
import { problem, type Mistake, type Tx } from '#base';
import { route, type Route } from '#edge';
import { agentMistakes, listAgents, loadAgent, modelMistakes, saveAgent, type Agent } from '#secretary/agent';
import { id } from '../api/shapes.ts';
import { askingOf } from '../team/ctx.ts';
import type { AgentCtx } from './ctx.ts';
import { agentShape, change, etagOfAgent, viewOf } from './shapes.ts';

const params = Type.Object({ id });

/** The secretaries of the organisation, and how they are set up. */
export function agentRoutes(ctx: AgentCtx): Route[] {
  return [all(ctx), one(ctx), changed(ctx)];
}

function all(ctx: AgentCtx): Route {
  const { name, language, model, speech, record } = agentShape.properties;
  const item = Type.Object({ id, name, language, model, speech, record });
  return route({
    method: 'GET',
    path: '/api/v1/agents',
    say: 'The secretaries of the organisation, the oldest first.',
    may: { scope: 'agents:read' },
    limit: 'api',
    audits: null,
    output: { 200: Type.Object({ items: Type.Array(item) }) },
    async run({ who: { organisation } }) {
      const items = await ctx.db.tenant(organisation, (tx) => listAgents(tx, organisation));
      return { status: 200 as const, json: { items: items.map(viewOf) } };
    },
  });
}

function one(ctx: AgentCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/agents/:id',
    say: 'A secretary as it is set up.',
    may: { scope: 'agents:read' },
    limit: 'api',
    audits: null,
    etag: etagOfAgent,
    params,
    output: { 200: agentShape },
    async run({ who: { organisation }, params: { id: agent } }) {
      const found = await ctx.db.tenant(organisation, (tx) => loadAgent(tx, organisation, agent));
      return { status: 200 as const, json: viewOf(found) };
    },
  });
}

function changed(ctx: AgentCtx): Route {
  return route({
    method: 'PATCH',
    path: '/api/v1/agents/:id',
    say: 'Changes what is named; the rest stays. Every mistake is told at once. Calls that begin from now on are led so.',
    may: { scope: 'agents:write' },
    limit: 'api',
    audits: 'agent.saved',
    etag: etagOfAgent,
    params,
    body: change,
    output: { 200: agentShape },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const { organisation, actor: by } = who;
      const json = await ctx.db.tenant(organisation, async (tx) => {
        const before = await loadAgent(tx, organisation, request.params.id, { hold: true });
        request.unchanged(viewOf(before));
        const after: Agent = { ...before, ...request.body };
        await insistOnAgent(ctx, tx, { before, after });
        if (!isDeepStrictEqual(before, after)) await saveAgent(ctx, tx, after, { by, sender });
        return viewOf(after);
      });
      return { status: 200 as const, json };
    },
  });
}

/** Throws `input-invalid` with everything that is wrong with an agent that is to become `after`. */
export async function insistOnAgent(
  ctx: AgentCtx,
  tx: Tx,
  { before, after }: { readonly before: Agent; readonly after: Agent },
): Promise<void> {
  const own = agentMistakes(after);
  const places = new Set(own.map(({ at }) => at));
  const ofModel = await modelMistakes(ctx, tx, ctx.models, { before, after });
  // Of one place the first mistake is told: the second may follow from it.
  const mistakes: Mistake[] = [...own, ...ofModel.filter(({ at }) => !places.has(at))];
  if (mistakes.length > 0) throw problem('input-invalid', 'The agent has mistakes.', { mistakes });
}
