import type { Route } from '#edge';
import { ownFactorRoutes } from './factor-routes.ts';
import { providersOf } from './outside/providers.ts';
import { outsideRoutes } from './outside/routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import type { FactorCtx } from './types.ts';

/** Factors of whoever is signed in, and signing in with them and with other providers. */
export function factorRoutes(ctx: FactorCtx): Route[] {
  return [...signInRoutes(ctx), ...ownFactorRoutes(ctx), ...outsideRoutes(ctx, providersOf(ctx.config))];
}
