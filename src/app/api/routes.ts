import type { Route } from '#edge';
import { callRoutes } from './calls.ts';
import type { ApiCtx } from './list.ts';
import { listRoutes } from './lists.ts';

/** Calls and what came of them, under /api/v1. Every read of personal data leaves an audit entry in the same transaction. */
export function apiRoutes(ctx: ApiCtx): Route[] {
  return [...callRoutes(ctx), ...listRoutes(ctx)];
}
