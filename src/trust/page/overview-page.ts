import Type, { type TSchema } from 'typebox';
import { languages, statuses } from '../claim.ts';
import { trustState } from '../state.ts';
import { overview, type OverviewState } from './overview.ts';
import { publicationOf } from './publication.ts';
import { everywhere, trustPage } from './trust-page.ts';
import { words } from './words.ts';

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
  budgetMs: nullable(count),
  tookMs: nullable(count),
  late: Type.Boolean(),
});

/** The fields of the first page, beside which `/trust.json` has one for every other page. */
export const overviewFields = {
  at: instant,
  summary: Type.Object(Object.fromEntries(statuses.map((one) => [one, count]))),
  promises: Type.Object({ known: count, claimed: count }),
  claims: Type.Array(claimSchema),
};

/** The promises alone. */
export const claimsSchema = Type.Object(overviewFields);

/** The first page: where every promise stands. */
export const overviewPage = trustPage<OverviewState>({
  path: '/trust',
  title: everywhere(words, ({ title }) => title),
  intro: everywhere(words, ({ intro }) => intro),
  short: everywhere(words, ({ short }) => short),
  async load(ctx) {
    const [state, { profile }] = await Promise.all([trustState(ctx), publicationOf(ctx)]);
    return { ...state, profile };
  },
  body: overview,
  schema: claimsSchema,
});
