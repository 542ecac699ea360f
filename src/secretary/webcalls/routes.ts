import { Type } from 'typebox';
import { problem, type Tx } from '#base';
import { route, type Route, type Who } from '#edge';
import { hasModelAccess } from '#safeguards/accounts';
import { listAgents, type Agent } from '#secretary/agent';
import { beginningOf, type CallCtx } from '#secretary/calls';

/** Why nobody can talk with an agent: it answers by text, has no key for its model, its model fails, or no line runs. */
const reasons = ['by-text', 'no-key', 'model-failing', 'no-line'] as const;
type Reason = (typeof reasons)[number];

const agent = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  language: Type.String(),
  talking: Type.Object({ isPossible: Type.Boolean(), why: Type.Union([Type.Enum([...reasons]), Type.Null()]) }),
});

/** What the page wants to know before it calls. */
export function webCallRoutes(ctx: CallCtx): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/call',
      say: 'Whom one can call from the browser, and whether by talking or only by typing. The call itself is a WebSocket at the same path, for the pages of the dashboard alone.',
      may: { scope: 'calls:try' },
      limit: 'api',
      audits: null,
      output: { 200: Type.Object({ agents: Type.Array(agent) }) },
      problems: ['not-running'],
      async run({ who }) {
        if (ctx.live.isDraining()) throw problem('not-running', 'Sotto is about to restart. Call again in a minute.');
        const agents = await ctx.db.tenant(who.organisation, (tx) => callable(ctx, tx, who));
        return { status: 200 as const, json: { agents } };
      },
    }),
  ];
}

async function callable(ctx: CallCtx, tx: Tx, { organisation }: Who) {
  const agents = await listAgents(tx, organisation);
  const shown = [];
  for (const one of agents) {
    const why = await whyNot(ctx, tx, organisation, one);
    const { id, name, language } = one;
    shown.push({ id, name, language, talking: { isPossible: why === null, why } });
  }
  return shown;
}

async function whyNot(ctx: CallCtx, tx: Tx, organisation: string, one: Agent): Promise<Reason | null> {
  const { channel, standIn } = await beginningOf(ctx, tx, organisation, one);
  if (channel === 'live') return null;
  if (one.speech !== 'live' || one.model === 'scripted') return 'by-text';
  if (!standIn) return 'no-line';
  return (await hasModelAccess(ctx, tx, organisation, one.model)) ? 'model-failing' : 'no-key';
}
