import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { acknowledgements, noticeDays, setProfile } from '#safeguards/profiles';
import { insistPlain, publicationOf, type Publication } from '#trust';
import { maybeInstant, orNull } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf, type TeamCtx } from '../team/ctx.ts';

const line = (maxLength: number) => orNull(Type.String({ minLength: 1, maxLength }));
const contact = { ...line(300), description: 'A mail address, or an https address.' };

const said = {
  legalName: line(200),
  address: line(300),
  privacyContact: contact,
  supportContact: contact,
  securityContact: contact,
  slug: { ...line(80), description: 'Last part of the address of the page: small letters, digits, single hyphens.' },
  acknowledgement: Type.Enum([...acknowledgements], {
    description: 'How soon a report of a weakness is acknowledged.',
  }),
  noticeDays: Type.Enum([...noticeDays], {
    description: 'How many days before it gets data a new processor is announced.',
  }),
};

const shape = Type.Object({
  ...said,
  version: Type.Integer(),
  changedAt: maybeInstant,
  missing: {
    ...Type.Array(Type.String()),
    description: 'What the page cannot be published without; `installation`: whoever runs this has no page yet.',
  },
  page: { ...orNull(Type.String()), description: 'Where it lies; null while it has no address.' },
});

/** Two edits that meet: the later one is refused unless it has read the earlier. */
const etag = ({ version }: { readonly version: number }) => String(version);

/** Who stands behind the public trust page of an organisation. */
export function profileRoutes(ctx: TeamCtx): Route[] {
  return [shown(ctx), changed(ctx)];
}

function shown(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/trust',
    say: 'Who stands behind the public trust page of the organisation, and what it cannot be published without.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    etag,
    output: { 200: shape },
    async run({ who: { organisation } }) {
      return { status: 200 as const, json: viewOf(await publicationOf(ctx, organisation)) };
    },
  });
}

function changed(ctx: TeamCtx): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/trust',
    say: 'Changes who stands behind the public trust page. It is published once nothing is missing.',
    may: { scope: 'trust:write' },
    limit: 'api',
    audits: 'trust-profile.changed',
    etag,
    problems: ['changed-meanwhile', 'boast-unbacked'],
    body: Type.Object(said),
    output: { 200: shape },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const { organisation, actor: by } = who;
      const before = await publicationOf(ctx, organisation);
      request.unchanged(viewOf(before));
      const { legalName, address, slug } = request.body;
      await insistPlain(ctx, { legalName, address, slug });
      await ctx.db.tenant(organisation, (tx) =>
        setProfile(ctx, tx, { organisation, change: request.body, expected: before.profile.version, by, sender }),
      );
      return { status: 200 as const, json: viewOf(await publicationOf(ctx, organisation)) };
    },
  });
}

function viewOf({ profile, missing }: Publication) {
  const { timeZone: _, ...told } = profile;
  return plain({ ...told, missing, page: profile.slug === null ? null : `/trust/of/${profile.slug}` });
}
