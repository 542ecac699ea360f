import { Type } from 'typebox';
import { permissions, roles, ruleOf, type Permission } from '#access';
import { route, type Route } from '#edge';
import { organisation as load } from '#safeguards/accounts';
import { id } from '../api/shapes.ts';
import type { TeamCtx } from './ctx.ts';

const reach = Type.Enum(['all', 'own']);

/** What one may do here, and what anybody may: the matrix that guards. */
export function accessRoutes(ctx: TeamCtx): Route[] {
  return [me(ctx), published()];
}

function me(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/me',
    say: 'Who asks, in which organisation, and what they may do there. `GET /api/v1/session` tells of the person who is signed in.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    output: {
      200: Type.Object({
        actor: Type.String({ description: 'As the audit log names them: `person:<id>` or `api-key:<id>`.' }),
        organisation: Type.Object({ id, name: Type.String() }),
        grants: Type.Record(Type.String(), reach),
      }),
    },
    async run({ who: { organisation, actor, grants } }) {
      const { name } = await ctx.db.tenant(organisation, (tx) => load(tx, organisation));
      return { status: 200 as const, json: { actor, organisation: { id: organisation, name }, grants: { ...grants } } };
    },
  });
}

function published(): Route {
  const item = Type.Object({
    permission: Type.String(),
    say: Type.String({ description: 'Completes "may …".' }),
    isFresh: Type.Boolean({ description: 'A person needs to have shown a second factor within ten minutes.' }),
    roles: Type.Record(Type.String(), reach),
  });
  return route({
    method: 'GET',
    path: '/api/v1/permissions',
    say: 'The permission matrix: what each role may do, and what an API key can be made for. It is the table that guards.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.Object({ roles: Type.Array(Type.String()), permissions: Type.Array(item) }) },
    run: async () => ({ status: 200 as const, json: { roles: [...roles], permissions: permissions.map(lineOf) } }),
  });
}

function lineOf(permission: Permission) {
  const rule = ruleOf(permission);
  const able = roles.flatMap((role) => (rule[role] ? [[role, rule[role]] as const] : []));
  return { permission, say: rule.say, isFresh: rule.isFresh ?? false, roles: Object.fromEntries(able) };
}
