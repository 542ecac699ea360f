import type { Route } from '#edge';
import { claimFileRoutes } from '../claim-files.ts';
import { claimRoutes } from './claim-routes.ts';
import { figuresRoutes } from './figures-routes.ts';
import { securityRoutes } from './security-routes.ts';
import { securityTxtRoutes } from './security-txt-routes.ts';
import { frameworkRoutes } from './framework-routes.ts';
import { ofRoutes } from './of-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { pages } from './pages.ts';
import { processorsRoutes } from './processors-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { trustJsonRoutes } from './trust-json.ts';
import type { TrustCtx } from './trust-page.ts';

/** Every page of the Trust Center for people, and as data: the same state, computed at the moment of asking. */
export function trustRoutes(ctx: TrustCtx): readonly Route[] {
  return [
    ...pages.flatMap((page) => pageRoutes(ctx, page)),
    ...trustJsonRoutes(ctx),
    ...claimRoutes(ctx),
    ...securityRoutes(ctx),
    ...securityTxtRoutes(ctx),
    ...processorsRoutes(ctx),
    ...subscriptionRoutes(ctx),
    ...figuresRoutes(ctx),
    ...ofRoutes(ctx),
    ...frameworkRoutes(ctx),
    ...claimFileRoutes(ctx),
  ];
}
