import type { Config } from '#base';
import type { Route } from '#edge';
import type { IdentityCtx, PasswordMeans } from '#safeguards/identity';
import { firstRunRoutes } from './first-run.ts';
import { methodRoutes } from './methods.ts';

/** The way in for whoever has not signed in yet, beyond the sign-ins themselves. */
export function entryRoutes(ctx: IdentityCtx & { readonly config: Config }, means: PasswordMeans): Route[] {
  return [...firstRunRoutes(ctx, means), ...methodRoutes(ctx)];
}
