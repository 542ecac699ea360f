import { Type } from 'typebox';
import { iso, type Ctx, type Sql } from '#base';
import { route, type Route, type Who } from '#edge';
import { loadAgent } from '#secretary/agent';
import { turnLatency } from './turns.ts';

const spread = Type.Object({ p50: Type.Number(), p95: Type.Number(), p99: Type.Number() });
const instant = Type.String({ format: 'date-time' });

/** Numbers about the agent, none about a caller: reading them leaves no audit entry. */
const latency = Type.Object({
  agentId: Type.String({ format: 'uuid' }),
  from: instant,
  until: instant,
  turns: Type.Integer(),
  heard: Type.Union([spread, Type.Null()]),
  parts: Type.Union([Type.Object({ endpoint: spread, model: spread, sending: spread, playing: spread }), Type.Null()]),
});

const dayMs = 24 * 60 * 60_000;
const usualDays = 7;

/** What names the calls that `who` may see under a permission; undefined: all of them. */
type CallsOf = (who: Who, permission: 'calls:read') => Sql | undefined;

/** What the API tells about waiting. Who may see only some calls is told of those. */
export function turnRoutes(ctx: Pick<Ctx, 'db' | 'clock'> & { readonly callsOf: CallsOf }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/agents/:id/latency',
      say: 'How long callers of an agent waited: from the end of their words to the first acknowledged sound of the answer, and each part of it, in milliseconds.',
      may: { scope: 'calls:read' },
      limit: 'api',
      audits: null,
      params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
      query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })) }),
      output: { 200: latency },
      async run({ who, params, query }) {
        const { organisation } = who;
        const until = ctx.clock.now();
        const from = until - (query.days ?? usualDays) * dayMs;
        const found = await ctx.db.tenant(organisation, async (tx) => {
          await loadAgent(tx, organisation, params.id);
          return turnLatency(tx, organisation, params.id, { from, until, ofCalls: ctx.callsOf(who, 'calls:read') });
        });
        const { turns, heard, parts } = found ?? { turns: 0, heard: null, parts: null };
        return {
          status: 200 as const,
          json: { agentId: params.id, from: iso(from), until: iso(until), turns, heard, parts },
        };
      },
    }),
  ];
}
