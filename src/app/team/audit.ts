import { Type } from 'typebox';
import type { Route } from '#edge';
import { listEntries } from '#safeguards/audit';
import { listRoute } from '../api/list.ts';
import { id, instant, orNull, period, periodOf, text } from '../api/shapes.ts';
import type { TeamCtx } from './ctx.ts';

/** The audit log, for who may read it; that they did is its newest entry. */
export function auditRoutes(ctx: TeamCtx): Route[] {
  return [
    listRoute(ctx, {
      path: 'audit',
      say: 'The audit log, newest first. Each entry is checked: one that was tampered with is shown as damaged.',
      scope: 'audit:read',
      audits: 'read.audit',
      item: Type.Object({
        id,
        at: instant,
        action: Type.String(),
        actor: text,
        object: text,
        details: orNull(Type.Record(Type.String(), Type.Unknown())),
        state: Type.Enum(['whole', 'erased', 'damaged']),
      }),
      filter: {
        what: Type.Optional(Type.Enum(['changes', 'looks'])),
        ...period,
      },
      list: (tx, organisation, page) => listEntries(ctx, tx, organisation, { ...page, ...periodOf(page) }),
    }),
  ];
}
