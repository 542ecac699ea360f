import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { frameworkOf } from '../framework-state.ts';
import { frameworkBody } from './framework-body.ts';
import { oneFramework, sayingsOf } from './framework-shape.ts';
import { answerPage, pageOutput } from './page-routes.ts';
import { insistShown, publicationOf } from './publication.ts';
import type { TrustCtx } from './trust-page.ts';

const params = Type.Object({ framework: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) });

/** `/trust/frameworks/<id>`: one law or standard line by line, for people and for programs. */
export function frameworkRoutes(ctx: TrustCtx): readonly Route[] {
  return [pageRoute(ctx), dataRoute(ctx)];
}

function pageRoute(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/frameworks/:framework',
    say: 'Trust Center: one law or standard, where it stands and why, and the answer to each of its lines.',
    may: 'public',
    limit: 'public',
    audits: null,
    params,
    problems: ['not-found'],
    output: pageOutput,
    async run(request) {
      const { at, framework } = await frameworkOf(ctx, request.params.framework);
      return answerPage(ctx, request, ({ language }) =>
        Promise.resolve({
          path: `/trust/frameworks/${framework.id}`,
          title: framework.name[language],
          body: frameworkBody(framework, at, language),
          data: `/trust/frameworks/${framework.id}.json`,
        }),
      );
    },
  });
}

function dataRoute(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/frameworks/:framework.json',
    say: 'Trust Center, as data: one law or standard with the answer to each of its lines.',
    may: 'public',
    limit: 'public',
    audits: null,
    params,
    problems: ['not-found', 'trust-not-published'],
    output: { 200: oneFramework },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      const { at, framework } = await frameworkOf(ctx, request.params.framework);
      return { status: 200 as const, json: { at, framework, ...sayingsOf([framework]) } };
    },
  });
}
