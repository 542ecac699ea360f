import { Type } from 'typebox';
import { problem, type Id } from '#base';
import { route, type Route } from '#edge';
import { organisationAt } from '#safeguards/profiles';
import { figureSetting, publicWeeks } from '#secretary/figures';
import { numbersBody } from './figures-body.ts';
import { numbersSchema } from './figures-shape.ts';
import { figuresWords } from './figures-words.ts';
import { answerPage, pageOutput } from './page-routes.ts';
import { insistShown, publicationOf } from './publication.ts';
import type { TrustCtx } from './trust-page.ts';

const params = Type.Object({ slug: Type.String({ pattern: '^[a-z0-9](-?[a-z0-9]){1,39}$' }) });

/** The numbers of one organisation, where it has chosen that they are public. */
export function figuresRoutes(ctx: TrustCtx): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/trust/of/:slug/numbers',
      say: 'Trust Center of one organisation: its public numbers, where it wants that.',
      may: 'public',
      limit: 'public',
      audits: null,
      params,
      problems: ['not-found'],
      output: pageOutput,
      async run(request) {
        const { slug } = request.params;
        const organisation = await telling(ctx, slug);
        const publication = await publicationOf(ctx, organisation);
        return answerPage(
          ctx,
          request,
          async ({ language }) => ({
            path: `/trust/of/${slug}/numbers`,
            title: figuresWords[language].of.title(publication.profile.legalName ?? slug),
            body: numbersBody({ weeks: await publicWeeks(ctx, organisation) }, language),
            data: `/trust/of/${slug}/numbers.json`,
          }),
          publication,
        );
      },
    }),
    route({
      method: 'GET',
      path: '/trust/of/:slug/numbers.json',
      say: 'The same for programs.',
      may: 'public',
      limit: 'public',
      audits: null,
      params,
      problems: ['not-found', 'trust-not-published'],
      output: { 200: numbersSchema },
      async run(request) {
        const organisation = await telling(ctx, request.params.slug);
        await insistShown(ctx, await publicationOf(ctx, organisation), request);
        return { status: 200 as const, json: { weeks: [...(await publicWeeks(ctx, organisation))] } };
      },
    }),
  ];
}

/** Throws `not-found` for who is not there and for who does not want it, in the same words. */
async function telling({ db }: Pick<TrustCtx, 'db'>, slug: string): Promise<Id> {
  const organisation = await db.open((tx) => organisationAt(tx, slug));
  if (organisation && (await db.tenant(organisation, (tx) => figureSetting(tx, organisation))).isPublic)
    return organisation;
  throw problem('not-found', 'Nobody of that name publishes numbers here.');
}
