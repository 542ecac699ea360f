import Type, { type TSchema } from 'typebox';
import { route, type Route } from '#edge';
import { trustState, type TrustState } from '../state.ts';
import { claimsSchema, overviewFields } from './overview-page.ts';
import { loadJson } from './page-routes.ts';
import { pages } from './pages.ts';
import { profileJson, profileSchema } from './profile-schema.ts';
import { insistShown, publicationOf } from './publication.ts';
import type { TrustCtx } from './trust-page.ts';

/** `/trust.json`: all of the Trust Center as data. `/trust/claims.json`: its promises alone. */
export function trustJsonRoutes(ctx: TrustCtx): readonly Route[] {
  return [whole(ctx), claims(ctx)];
}

function whole(ctx: TrustCtx): Route {
  const rest = pages.filter(({ field }) => field !== undefined);
  const schemas: Readonly<Record<string, TSchema>> = Object.fromEntries(
    rest.map(({ field = '', schema }) => [field, schema]),
  );
  return route({
    method: 'GET',
    path: '/trust.json',
    say: 'The Trust Center as data: every promise with its computed status and latest evidence, who stands behind it, and what each other page says.',
    may: 'public',
    limit: 'public',
    audits: null,
    problems: ['trust-not-published'],
    output: { 200: Type.Object({ ...overviewFields, profile: profileSchema, ...schemas }) as TSchema },
    async run(request) {
      const publication = await publicationOf(ctx);
      await insistShown(ctx, publication, request);
      const [state, ...parts] = await Promise.all([trustState(ctx), ...rest.map((page) => loadJson(ctx, page))]);
      const fields = Object.fromEntries(rest.map(({ field = '' }, at) => [field, parts[at]]));
      return { status: 200 as const, json: { ...state, profile: profileJson(publication.profile), ...fields } };
    },
  });
}

function claims(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/claims.json',
    say: 'Every promise with its computed status and latest evidence.',
    may: 'public',
    limit: 'public',
    audits: null,
    problems: ['trust-not-published'],
    output: { 200: claimsSchema },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      return { status: 200 as const, json: mutable(await trustState(ctx)) };
    },
  });
}

/** The state as lists of its own, which an answer may be. */
function mutable({ claims: all, ...rest }: TrustState) {
  return { ...rest, claims: all.map((claim) => ({ ...claim, fulfils: [...claim.fulfils], kept: [...claim.kept] })) };
}
