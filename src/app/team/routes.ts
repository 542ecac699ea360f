import type { Route } from '#edge';
import { auditRoutes } from './audit.ts';
import { credentialRoutes } from './credentials.ts';
import type { TeamCtx } from './ctx.ts';
import { figureRoutes } from './figures.ts';
import { invitationRoutes } from './invitations.ts';
import { keyRoutes } from './keys.ts';
import { accessRoutes } from './me.ts';
import { memberRoutes } from './members.ts';
import { organisationRoutes } from './organisation.ts';

/** Who belongs to an organisation, what they and their keys may do, what it is connected to, and what was done. */
export function teamRoutes(ctx: TeamCtx): Route[] {
  return [
    ...organisationRoutes(ctx),
    ...figureRoutes(ctx),
    ...memberRoutes(ctx),
    ...invitationRoutes(ctx),
    ...keyRoutes(ctx),
    ...credentialRoutes(ctx),
    ...auditRoutes(ctx),
    ...accessRoutes(ctx),
  ];
}
