import type { Route } from '#edge';
import { callRoutes } from './calls.ts';
import type { ApiCtx } from './list.ts';
import { listRoutes } from './lists.ts';
import { revealRoute } from './reveal.ts';
import { seeToRoutes } from './see-to.ts';
import { todayRoute } from './today.ts';

/** Calls and what came of them, under /api/v1. Every read of personal data leaves an audit entry in the same transaction. */
export function apiRoutes(ctx: ApiCtx): Route[] {
  return [todayRoute(ctx), ...callRoutes(ctx), ...listRoutes(ctx), ...seeToRoutes(ctx), revealRoute(ctx)];
}
