import { Type } from 'typebox';
import type { Ctx, Id, Item, Tx } from '#base';
import { route, type Route } from '#edge';
import type { TextModel } from '#adapters/models';
import { openingLanguages } from '#rules';
import { modelAccessKind } from '#safeguards/accounts';
import { agreedTo, type Agreed } from '#safeguards/retention';
import { toolOverview } from '#secretary/agent';
import { text } from '../api/shapes.ts';
import type { AgentCtx } from './ctx.ts';

const access = Type.Enum(['here', 'own', 'installation', 'none'], {
  description:
    'How the organisation reaches it: it runs here, by a key of its own, by that of the installation, or not at all.',
});

const model = Type.Object({
  id: Type.String(),
  name: Type.String(),
  purpose: Type.String(),
  region: Type.String({ description: 'Where what is said goes.' }),
  access,
  speech: Type.Array(Type.Enum(['live', 'relay', 'gather'])),
  voices: Type.Array(Type.String(), { description: 'The usual one first; others may exist.' }),
});

const tool = Type.Object({
  name: Type.String(),
  describe: Type.String({ description: 'What models are told that it does.' }),
  isOptional: Type.Boolean({ description: 'Only agents that name it among their tools have it.' }),
  isAgreed: Type.Boolean({
    description: 'False while the business has not agreed to its purpose: nobody uses it then.',
  }),
  purpose: { ...text, description: 'What the business must have agreed to use data for; null when it needs nothing.' },
});

/** Languages with a region, as carriers and speech know them, of which those are offered that calls can be opened in. */
const tags = ['en-US', 'en-GB', 'en-AU', 'en-CA', 'en-IN', 'es-US', 'es-MX', 'es-ES', 'es-AR', 'es-CO'];

/** What an agent can be set up with here. */
export function optionRoute(ctx: AgentCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/agent-options',
    say: 'What an agent can be set up with here: models and whether they are connected, voices, languages, tools.',
    may: { scope: 'agents:read' },
    limit: 'api',
    audits: null,
    output: {
      200: Type.Object({
        models: Type.Array(model),
        languages: Type.Array(Type.String()),
        tools: Type.Array(tool),
      }),
    },
    async run({ who: { organisation } }) {
      const [models, agreed] = await ctx.db.tenant(organisation, async (tx) => [
        await Promise.all(ctx.models.map((one) => modelOption(ctx, tx, organisation, one))),
        await agreedTo(tx, organisation),
      ]);
      const languages = tags.filter((tag) => openingLanguages.includes(tag.split('-')[0]!));
      return { status: 200 as const, json: { models, languages, tools: toolOptions(agreed) } };
    },
  });
}

function toolOptions(agreed: Agreed) {
  const names: ReadonlySet<string> = agreed;
  return toolOverview().map((one) => ({ ...one, isAgreed: one.purpose === null || names.has(one.purpose) }));
}

async function modelOption(ctx: Pick<Ctx, 'config'>, tx: Tx, organisation: Id, { id, item }: Item<TextModel>) {
  const { name, purpose, region, hosts } = item.processor;
  const isHere = hosts.length === 0;
  const key = isHere ? undefined : await modelAccessKind(ctx, tx, organisation, id);
  const speech: ('live' | 'relay' | 'gather')[] = [...(item.speech ? (['live'] as const) : []), 'relay', 'gather'];
  const voices = [...(item.speech?.voices ?? [])];
  return { id, name, purpose, region, access: isHere ? ('here' as const) : (key ?? ('none' as const)), speech, voices };
}
