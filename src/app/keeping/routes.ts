import type { Route } from '#edge';
import type { TeamCtx } from '../team/ctx.ts';
import { howLongRoutes } from './how-long.ts';
import { purposeRoutes } from './purposes.ts';
import { scheduleRoute } from './schedule.ts';

/** How long a business keeps what calls leave behind, and what it uses it for. */
export function keepingRoutes(ctx: TeamCtx): Route[] {
  return [...howLongRoutes(ctx), scheduleRoute(ctx), ...purposeRoutes(ctx)];
}
