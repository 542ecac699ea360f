import { Type } from 'typebox';
import { isProblem, problem, type Id, type Mistake, type Tx } from '#base';
import { route, type Route } from '#edge';
import {
  checkLine,
  connectNumber,
  giveLine,
  isPublic,
  lineAccounts,
  lineView,
  listLines,
  numberMistakes,
  pointLine,
  removeLine,
  webhooksOf,
} from '#safeguards/accounts';
import { loadAgent } from '#secretary/agent';
import { lastCalls } from '#secretary/calls';
import { done, id, instant, maybeInstant, nothing, orNull, text } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf } from '../team/ctx.ts';
import type { AgentCtx } from './ctx.ts';

const params = Type.Object({ id });
const result = Type.Enum(['right', 'wrong', 'unknown']);

const finding = Type.Object({
  what: Type.Enum([
    'public-url',
    'account',
    'carrier',
    'number',
    'takes-calls',
    'diverted',
    'voice-url',
    'voice-method',
    'status-url',
    'status-method',
  ]),
  is: text,
  shouldBe: text,
  fix: Type.String(),
});

const checked = {
  200: Type.Object({
    result,
    findings: Type.Array(finding, {
      description: 'What keeps calls from arriving, what comes first on their way first.',
    }),
    canPoint: Type.Boolean({ description: 'Pointing the number here would settle some of it.' }),
  }),
};

/** The telephone numbers of the business, and whether calls of theirs arrive. */
export function lineRoutes(ctx: AgentCtx): Route[] {
  return [all(ctx), added(ctx), given(ctx), removed(ctx), looked(ctx), pointed(ctx)];
}

const line = Type.Object({
  id,
  carrier: Type.String(),
  number: Type.String({ description: "The business's own number, E.164." }),
  agentId: { ...id, description: 'Who answers it.' },
  accountId: id,
  isConnected: Type.Boolean({ description: 'Without its account nothing that the carrier sends for it is believed.' }),
  voiceUrl: Type.String({ description: 'Where the carrier is to send its calls.' }),
  statusUrl: Type.String({ description: 'Where the carrier is to tell how they go.' }),
  addedAt: instant,
  lastCallAt: maybeInstant,
  checkedAt: maybeInstant,
  checkResult: orNull(result),
});

function all(ctx: AgentCtx): Route {
  const account = Type.Object({
    id,
    carrier: Type.String(),
    ending: Type.String({ description: 'The last four characters of the account.' }),
  });
  return route({
    method: 'GET',
    path: '/api/v1/lines',
    say: 'Telephone numbers of the business, the oldest first, and the accounts that more can be added to.',
    may: { scope: 'lines:read' },
    limit: 'api',
    audits: null,
    output: {
      200: Type.Object({
        items: Type.Array(line),
        accounts: Type.Array(account),
        origin: Type.String({ description: 'Under which carriers call this installation.' }),
        isReachable: Type.Boolean({ description: 'False while that is not https, or a name of this machine alone.' }),
      }),
    },
    async run({ who: { organisation } }) {
      const origin = ctx.publicUrl();
      const json = await ctx.db.tenant(organisation, async (tx) => {
        const calls = await lastCalls(tx, organisation);
        const lines = await listLines(tx, organisation, ctx.carriers);
        const items = lines.map((one) => ({
          ...one,
          ...webhooksOf(origin, one.carrier),
          lastCallAt: calls.get(one.id) ?? null,
        }));
        const accounts = await lineAccounts(tx, organisation, ctx.carriers);
        return { items, accounts, origin, isReachable: isPublic(origin) };
      });
      return { status: 200 as const, json: plain(json) };
    },
  });
}

function added(ctx: AgentCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/lines',
    say: 'Adds a number that an account of the organisation has. Calls arrive once the number is pointed here.',
    may: { scope: 'lines:write' },
    limit: 'api',
    audits: 'line.added',
    body: Type.Object({
      carrier: Type.String({ maxLength: 64 }),
      number: Type.String({ maxLength: 32, description: 'In international form, E.164.' }),
      agentId: { ...id, description: 'Who answers it.' },
      account: { ...id, description: 'The connected account that has it.' },
    }),
    output: { 201: Type.Object({ id }) },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const { organisation } = asking.who;
      const { body: wanted } = request;
      const made = await ctx.db.tenant(organisation, async (tx) => {
        const mistakes = [
          ...(await numberMistakes(tx, organisation, { ...ctx, given: wanted })),
          ...(await agentMistake(tx, organisation, wanted.agentId)),
        ];
        if (mistakes.length > 0) throw problem('input-invalid', 'The line has mistakes.', { mistakes });
        return connectNumber(ctx, tx, asking, wanted);
      });
      return { status: 201 as const, json: { id: made } };
    },
  });
}

function given(ctx: AgentCtx): Route {
  return route({
    method: 'PATCH',
    path: '/api/v1/lines/:id',
    say: 'Lets another agent answer the number.',
    may: { scope: 'lines:write' },
    limit: 'api',
    audits: 'line.changed',
    params,
    body: Type.Object({ agentId: id }),
    output: { 204: nothing },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const { organisation } = asking.who;
      const change = { id: request.params.id, agentId: request.body.agentId };
      await ctx.db.tenant(organisation, async (tx) => {
        await lineView(tx, organisation, { ...ctx, id: change.id });
        const mistakes = await agentMistake(tx, organisation, change.agentId);
        if (mistakes.length > 0) throw problem('input-invalid', 'The line has mistakes.', { mistakes });
        await giveLine(ctx, tx, asking, change);
      });
      return done;
    },
  });
}

function removed(ctx: AgentCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/lines/:id',
    say: 'Takes the number away: calls to it are no longer answered. Those there were stay.',
    may: { scope: 'lines:write' },
    limit: 'api',
    audits: 'line.removed',
    params,
    output: { 204: nothing },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const { organisation } = asking.who;
      await ctx.db.tenant(organisation, async (tx) => {
        const { id: known } = await lineView(tx, organisation, { ...ctx, id: request.params.id });
        await removeLine(ctx, tx, asking, known);
      });
      return done;
    },
  });
}

function looked(ctx: AgentCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/lines/:id/check',
    say: 'Asks the carrier, with requests that change nothing, whether the number is there and where it points.',
    may: { scope: 'lines:read' },
    limit: 'api',
    audits: 'line.checked',
    params,
    output: checked,
    async run(request) {
      const wanted = { id: request.params.id, vendors: ctx, origin: ctx.publicUrl() };
      const { findings, ...told } = await checkLine(ctx, await askingOf(ctx, request), wanted);
      return { status: 200 as const, json: { ...told, findings: [...findings] } };
    },
  });
}

function pointed(ctx: AgentCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/lines/:id/point',
    say: 'Points the number here, at its carrier, and takes off what diverts its calls. Answers as a check does afterwards.',
    may: { scope: 'lines:write' },
    limit: 'api',
    audits: 'line.pointed',
    problems: ['public-url-needed'],
    params,
    output: checked,
    async run(request) {
      const wanted = { id: request.params.id, vendors: ctx, origin: ctx.publicUrl() };
      const { findings, ...told } = await pointLine(ctx, await askingOf(ctx, request), wanted);
      return { status: 200 as const, json: { ...told, findings: [...findings] } };
    },
  });
}

async function agentMistake(tx: Tx, organisation: Id, agentId: Id): Promise<Mistake[]> {
  try {
    await loadAgent(tx, organisation, agentId);
    return [];
  } catch (error) {
    if (isProblem(error, 'not-found')) return [{ at: '/agentId', fix: 'must be one of your agents' }];
    throw error;
  }
}
