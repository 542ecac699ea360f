import { Type } from 'typebox';
import { iso } from '#base';
import { route, type Route } from '#edge';
import { figureSetting, setFigures, type FigureSetting } from '#secretary/figures';
import { maybeInstant } from '../api/shapes.ts';
import { askingOf, type TeamCtx } from './ctx.ts';

const shape = Type.Object({
  public: { ...Type.Boolean(), description: 'Whether the numbers of this business are on its trust page.' },
  since: { ...maybeInstant, description: 'When that was decided; null when it never was.' },
});

/** Two edits that meet: the later one is refused unless it has read the earlier. */
const etag = (json: { readonly public: boolean; readonly since: string | null }) => `${json.public} ${json.since}`;

/** Whether the numbers of the business are public. They are not unless it wants that. */
export function figureRoutes(ctx: TeamCtx): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/organisation/figures',
      say: 'Whether the numbers of the business are public.',
      may: { scope: 'organisation:read' },
      limit: 'api',
      audits: null,
      etag,
      output: { 200: shape },
      async run({ who: { organisation } }) {
        const setting = await ctx.db.tenant(organisation, (tx) => figureSetting(tx, organisation));
        return { status: 200 as const, json: viewOf(setting) };
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v1/organisation/figures',
      say: 'Makes the numbers of the business public from the next whole week on, rounded and never of fewer than 20; or takes away at once what was.',
      may: { scope: 'organisation:write' },
      limit: 'api',
      audits: 'figures.changed',
      etag,
      body: Type.Object({ public: Type.Boolean() }),
      output: { 200: shape },
      async run(request) {
        const { who, sender } = await askingOf(ctx, request);
        const { organisation, actor: by } = who;
        const isPublic = request.body.public;
        const setting = await ctx.db.tenant(organisation, async (tx) => {
          request.unchanged(viewOf(await figureSetting(tx, organisation, { hold: true })));
          return setFigures(ctx, tx, { organisation, isPublic, by, sender });
        });
        return { status: 200 as const, json: viewOf(setting) };
      },
    }),
  ];
}

function viewOf({ isPublic, since }: FigureSetting) {
  return { public: isPublic, since: since === null ? null : iso(since) };
}
