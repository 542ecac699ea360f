import { Type } from 'typebox';
import { problem, type Id } from '#base';
import { route, type Route } from '#edge';
import { organisationAt } from '#safeguards/profiles';
import { registerState, versionOf, type Entry } from '#safeguards/register';
import { presets, scheduleOf } from '#safeguards/retention';
import { trustState } from '../state.ts';
import { ofBody, type OfState } from './of-page.ts';
import { ofWords } from './of-words.ts';
import { claimsSchema } from './overview-page.ts';
import { answerPage, pageOutput } from './page-routes.ts';
import { profileJson, profileSchema } from './profile-schema.ts';
import { insistShown, publicationOf, type Publication } from './publication.ts';
import { rowOf, scheduleRowSchema } from './retention-page.ts';
import { type TrustCtx } from './trust-page.ts';

const text = Type.String();
const inOne = Type.Object({ purpose: text, data: Type.Array(text), region: text });
const processorSchema = Type.Object({
  id: text,
  name: text,
  hosts: Type.Array(text),
  words: Type.Object({ en: inOne, es: inOne, pt: inOne, hi: inOne }),
});

const params = Type.Object({ slug: Type.String({ pattern: '^[a-z0-9](-?[a-z0-9]){1,39}$' }) });

/** `/trust/of/<slug>`: the page that one organisation shows to those who call it. */
export function ofRoutes(ctx: TrustCtx): readonly Route[] {
  return [page(ctx), data(ctx)];
}

function page(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/of/:slug',
    say: 'Trust Center of one organisation: who is responsible, what is promised, and how long things are kept there.',
    may: 'public',
    limit: 'public',
    audits: null,
    params,
    problems: ['not-found'],
    output: pageOutput,
    async run(request) {
      const { slug } = request.params;
      const publication = await publicationAt(ctx, slug);
      return answerPage(
        ctx,
        request,
        async ({ language }) => ({
          path: `/trust/of/${slug}`,
          title: ofWords[language].title(publication.profile.legalName ?? ofWords[language].nobody),
          intro: ofWords[language].intro,
          body: ofBody(await stateOf(ctx, publication), language),
          data: `/trust/of/${slug}/trust.json`,
        }),
        publication,
      );
    },
  });
}

function data(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/of/:slug/trust.json',
    say: 'Trust Center of one organisation, as data.',
    may: 'public',
    limit: 'public',
    audits: null,
    params,
    problems: ['not-found', 'trust-not-published'],
    output: {
      200: Type.Object({
        profile: profileSchema,
        promises: claimsSchema,
        retention: Type.Array(scheduleRowSchema),
        processors: Type.Array(processorSchema),
      }) as Type.TSchema,
    },
    async run(request) {
      const publication = await publicationAt(ctx, request.params.slug);
      await insistShown(ctx, publication, request);
      const { trust, profile, types, processors } = await stateOf(ctx, publication);
      return {
        status: 200 as const,
        json: { profile: profileJson(profile), promises: trust, retention: types, processors },
      };
    },
  });
}

type Of = Publication & { readonly organisation: Id };

/** Throws `not-found` where no organisation has taken that part of an address. */
async function publicationAt(ctx: TrustCtx, slug: string): Promise<Of> {
  const organisation = await ctx.db.open((tx) => organisationAt(tx, slug));
  if (organisation === undefined) throw problem('not-found', 'There is nothing at this path.');
  return { ...(await publicationOf(ctx, organisation)), organisation };
}

async function stateOf(ctx: TrustCtx, { organisation, profile }: Of): Promise<OfState> {
  const [trust, schedule, usual, processors] = await Promise.all([
    trustState(ctx),
    ctx.db.tenant(organisation, (tx) => scheduleOf(ctx, tx, organisation)),
    presets(),
    processorsOf(ctx, organisation),
  ]);
  return {
    trust,
    profile,
    preset: usual.find(({ id }) => id === schedule.preset)?.item.say ?? null,
    types: schedule.lines.filter(({ subject }) => subject !== 'installation').map(rowOf),
    processors,
  };
}

/** Who gets data of that organisation: whom the installation uses for all, and whom it has connected itself. */
async function processorsOf(ctx: TrustCtx, organisation: Id): Promise<readonly Entry[]> {
  const [all, own] = await Promise.all([
    registerState(ctx),
    ctx.db.tenant(organisation, (tx) => versionOf(tx, organisation)),
  ]);
  const shared = all.processors.filter(({ by, standing }) => by.includes('installation') && standing === 'in-use');
  const others = own?.entries.filter(({ id }) => !shared.some((one) => one.id === id)) ?? [];
  return [...others, ...shared];
}
