import type { Ctx } from '#base';
import type { OpeningCtx } from '#secretary/calls';
import type { TeamCtx } from '../team/ctx.ts';

/** What the routes of agents and lines need: what those of a team do, the regions' rules, and whether audio is carried. */
export type AgentCtx = TeamCtx & OpeningCtx & Pick<Ctx, 'log'>;
