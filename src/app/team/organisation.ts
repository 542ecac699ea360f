import { Type } from 'typebox';
import type { Id, Tx } from '#base';
import { route, type Route } from '#edge';
import { changeOrganisation, closesAt, organisation as load, type Organisation } from '#safeguards/accounts';
import { id, maybeInstant, name } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf, type TeamCtx } from './ctx.ts';

const says = {
  name,
  timeZone: Type.String({ maxLength: 64, description: 'IANA time zone' }),
  language: Type.String({ maxLength: 35, description: 'BCP 47 language tag' }),
  region: Type.String({ maxLength: 6, description: 'ISO 3166 country or subdivision; decides the disclosure' }),
};
const shape = Type.Object({
  id,
  ...says,
  closesAt: { ...maybeInstant, description: 'When everything is erased; null unless the account is to be closed.' },
});
type View = Omit<Organisation, 'kind'> & { readonly closesAt: string | null };

/** Two edits that meet: the later one is refused unless it has read the earlier. */
const etag = (json: View) => JSON.stringify(json);

/** What the business says of itself. */
export function organisationRoutes(ctx: TeamCtx): Route[] {
  return [shown(ctx), changed(ctx)];
}

function shown(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/organisation',
    say: 'Name, time zone, language and region of the business.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    etag,
    output: { 200: shape },
    async run({ who: { organisation } }) {
      const json = await ctx.db.tenant(organisation, (tx) => viewOf(tx, organisation));
      return { status: 200 as const, json };
    },
  });
}

function changed(ctx: TeamCtx): Route {
  return route({
    method: 'PATCH',
    path: '/api/v1/organisation',
    say: 'Changes what is named; the rest stays.',
    may: { scope: 'organisation:write' },
    limit: 'api',
    audits: 'organisation.changed',
    etag,
    body: Type.Partial(Type.Object(says)),
    output: { 200: shape },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const { organisation, actor: by } = who;
      const json = await ctx.db.tenant(organisation, async (tx) => {
        const before = await viewOf(tx, organisation, { hold: true });
        request.unchanged(before);
        const after = { ...before, ...request.body };
        await changeOrganisation(ctx, tx, { ...after, by, sender });
        return after;
      });
      return { status: 200 as const, json };
    },
  });
}

async function viewOf(tx: Tx, organisation: Id, how: { readonly hold?: boolean } = {}): Promise<View> {
  const { kind: _, ...view } = await load(tx, organisation, how);
  return { ...view, ...plain({ closesAt: await closesAt(tx, organisation) }) };
}
