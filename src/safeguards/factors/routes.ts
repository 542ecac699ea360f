import type { Route } from '#edge';
import { ownFactorRoutes } from './factor-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import type { FactorCtx } from './types.ts';

/** Factors of whoever is signed in, and signing in with them. */
export function factorRoutes(ctx: FactorCtx): Route[] {
  return [...signInRoutes(ctx), ...ownFactorRoutes(ctx)];
}
