import Type, { type TSchema } from 'typebox';
import type { Ctx } from '#base';
import { route, type Route } from '#edge';
import { languages, statuses } from '../claim.ts';
import { trustState, type TrustState } from '../state.ts';
import { dataRoutes } from './data-routes.ts';
import { languageFor } from './language.ts';
import { trustPage } from './page.ts';
import { contentSecurityPolicy, style } from './style.ts';

/** `/trust` for people and `/trust.json` for programs: the same state, computed at the moment of asking; and the data map. */
export function trustRoutes(ctx: Pick<Ctx, 'db' | 'clock'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/trust',
      say: 'The trust page: every promise with its computed status, in English or Spanish by Accept-Language.',
      may: 'public',
      limit: 'public',
      audits: null,
      output: { 200: Type.String({ contentMediaType: 'text/html' }) },
      async run({ headers }) {
        const language = languageFor(headers['accept-language']);
        const page = trustPage(await trustState(ctx), language, style);
        return {
          status: 200 as const,
          contentType: 'text/html; charset=utf-8',
          headers: {
            'content-security-policy': contentSecurityPolicy,
            'content-language': language,
            'vary': 'accept-language',
          },
          body: page.text,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/trust.json',
      say: 'The trust page as data: every promise with its computed status and latest evidence.',
      may: 'public',
      limit: 'public',
      audits: null,
      output: { 200: trustSchema },
      run: async () => ({ status: 200 as const, json: asJson(await trustState(ctx)) }),
    }),
    ...dataRoutes(ctx),
  ];
}

/** The state as lists of its own, which an answer may be. */
function asJson({ claims, ...rest }: TrustState) {
  return { ...rest, claims: claims.map((claim) => ({ ...claim, fulfils: [...claim.fulfils], kept: [...claim.kept] })) };
}

const count = Type.Integer({ minimum: 0 });
const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const instant = Type.String({ format: 'date-time' });
const sentence = Type.Object(Object.fromEntries(languages.map((language) => [language, Type.String()])));
const status = Type.Enum([...statuses]);

const claimSchema = Type.Object({
  id: Type.String(),
  fulfils: Type.Array(Type.String()),
  say: sentence,
  group: Type.String(),
  kind: Type.String(),
  how: nullable(sentence),
  yourself: nullable(sentence),
  kept: Type.Array(Type.String()),
  status,
  checked: count,
  why: Type.String(),
  at: nullable(instant),
  since: nullable(instant),
  canFail: Type.Boolean(),
  seenFailingAt: nullable(instant),
  every: nullable(count),
  tookMs: nullable(count),
});

const trustSchema = Type.Object({
  at: instant,
  summary: Type.Object(Object.fromEntries(statuses.map((one) => [one, count]))),
  promises: Type.Object({ known: count, claimed: count }),
  claims: Type.Array(claimSchema),
});
