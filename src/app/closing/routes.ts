import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { askClosing, keepAccount } from '#safeguards/accounts';
import { done, instant, nothing } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf, type TeamCtx } from '../team/ctx.ts';

/** Closing the account, and taking that back. */
export function closingRoutes(ctx: TeamCtx): Route[] {
  return [asked(ctx), takenBack(ctx)];
}

function asked(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/organisation/closing',
    say: 'Closes the account: in thirty days everything of the organisation is erased. Until then calls are answered as before, and it can be taken back.',
    may: { scope: 'organisation:close', by: 'people' },
    limit: 'api',
    audits: 'organisation.closing',
    body: Type.Object({
      name: Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'The name of the business, letter for letter, so that nobody closes the wrong one.',
      }),
    }),
    output: { 200: Type.Object({ closesAt: instant }) },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const closesAt = await ctx.db.tenant(asking.who.organisation, (tx) => askClosing(ctx, tx, asking, request.body));
      return { status: 200 as const, json: plain({ closesAt }) };
    },
  });
}

function takenBack(ctx: TeamCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/organisation/closing',
    say: 'Keeps the account after all, until its day has come.',
    may: { scope: 'organisation:close', by: 'people' },
    limit: 'api',
    audits: 'organisation.kept',
    problems: ['closing-over'],
    output: { 204: nothing },
    async run(request) {
      const asking = await askingOf(ctx, request);
      await ctx.db.tenant(asking.who.organisation, (tx) => keepAccount(ctx, tx, asking));
      return done;
    },
  });
}
