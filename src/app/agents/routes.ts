import type { Route } from '#edge';
import { agentRoutes } from './agents.ts';
import type { AgentCtx } from './ctx.ts';
import { lineRoutes } from './lines.ts';
import { openingRoutes } from './opening.ts';
import { optionRoute } from './options.ts';
import { setupRoutes } from './setup.ts';

/** How the secretary is set up: what it says and knows, which numbers it answers, and what is left to do. */
export function secretaryRoutes(ctx: AgentCtx): Route[] {
  return [...agentRoutes(ctx), ...openingRoutes(ctx), optionRoute(ctx), ...lineRoutes(ctx), ...setupRoutes(ctx)];
}
