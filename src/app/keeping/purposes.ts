import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { purposes, purposesOf, setPurposes, type Purpose, type PurposeView } from '#safeguards/retention';
import { maybeInstant, text } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf, type TeamCtx } from '../team/ctx.ts';

const shape = Type.Object({
  items: Type.Array(
    Type.Object({
      purpose: Type.Enum([...purposes]),
      agreed: Type.Boolean(),
      decidedAt: maybeInstant,
      decidedBy: { ...text, description: 'Who decided it, as the audit log names them; null when nobody has yet.' },
    }),
  ),
});

type Shown = { readonly items: readonly { readonly purpose: Purpose; readonly agreed: boolean }[] };

/** Two edits that meet: the later one is refused unless it has read the earlier. */
const etag = ({ items }: Shown) => items.map(({ purpose, agreed }) => `${purpose}:${agreed}`).join();

/** What data may be used for. */
export function purposeRoutes(ctx: TeamCtx): Route[] {
  return [shown(ctx), changed(ctx)];
}

function shown(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/purposes',
    say: 'What the business has agreed that data of callers is used for, when and by whom; it is used for nothing else.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    etag,
    output: { 200: shape },
    async run({ who: { organisation } }) {
      const all = await ctx.db.tenant(organisation, (tx) => purposesOf(tx, organisation));
      return { status: 200 as const, json: viewOf(all) };
    },
  });
}

function changed(ctx: TeamCtx): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/purposes',
    say: 'Agrees to the purposes that are named and to no others. `messages`, answering calls at all, is always one.',
    may: { scope: 'keeping:write' },
    limit: 'api',
    audits: 'purposes.changed',
    etag,
    body: Type.Object({ agreed: Type.Array(Type.Enum([...purposes]), { maxItems: purposes.length }) }),
    output: { 200: shape },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const { organisation, actor: by } = who;
      const all = await ctx.db.tenant(organisation, async (tx) => {
        request.unchanged(viewOf(await purposesOf(tx, organisation, { hold: true })));
        await setPurposes(ctx, tx, { organisation, agreed: request.body.agreed, by, sender });
        return purposesOf(tx, organisation);
      });
      return { status: 200 as const, json: viewOf(all) };
    },
  });
}

function viewOf(items: readonly PurposeView[]) {
  return plain({ items: [...items] });
}
