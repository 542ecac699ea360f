import { Type } from 'typebox';
import { roles } from '#access';
import { route, type Route } from '#edge';
import { changeRole, leaveOrganisation, listPeople, removePerson, type Gone } from '#safeguards/accounts';
import { senderDetails } from '#safeguards/audit';
import { listRoute } from '../api/list.ts';
import { done, id, instant, nothing, text } from '../api/shapes.ts';
import { askingOf, type TeamCtx } from './ctx.ts';

export const role = Type.Enum([...roles]);

const params = Type.Object({ id });
const gone = Type.Object({ keysRevoked: Type.Integer(), invitationsWithdrawn: Type.Integer() });

/** Who belongs to the organisation, and as what. */
export function memberRoutes(ctx: TeamCtx): Route[] {
  const all = listRoute(ctx, {
    path: 'team',
    say: 'The members of the organisation, who joined last first.',
    scope: 'team:read',
    audits: 'read.team',
    item: Type.Object({ id, role, name: text, email: text, signsIn: Type.Boolean(), joinedAt: instant }),
    list: (tx, organisation, page) => listPeople(ctx, tx, organisation, page),
  });
  return [all, changed(ctx), removed(ctx), left(ctx)];
}

function changed(ctx: TeamCtx): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/team/:id/role',
    say: 'Gives a member another role. Nobody gives a role, or changes a member, that may do more than they may.',
    may: { scope: 'team:write' },
    limit: 'api',
    audits: 'person.role-changed',
    params,
    body: Type.Object({ role }),
    output: { 204: nothing },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const change = { person: request.params.id, role: request.body.role };
      await ctx.db.tenant(asking.who.organisation, (tx) => changeRole(ctx, tx, asking, change));
      return done;
    },
  });
}

function removed(ctx: TeamCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/team/:id',
    say: 'Removes a member. Their sessions here, the keys they made and the invitations they sent end at once.',
    may: { scope: 'team:write' },
    limit: 'api',
    audits: 'person.removed',
    params,
    output: { 200: gone },
    async run(request) {
      return toldOf(await removePerson(ctx, await askingOf(ctx, request), request.params.id));
    },
  });
}

function left(ctx: TeamCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/memberships/:organisation',
    say: 'Leaves an organisation that one belongs to; the keys one made there end. Its last owner cannot leave.',
    may: { session: 'any' },
    limit: 'api',
    audits: 'person.removed',
    params: Type.Object({ organisation: id }),
    output: { 200: gone },
    async run({ who: { identity }, params: { organisation }, from }) {
      const sender = await senderDetails(ctx, from);
      return toldOf(await leaveOrganisation(ctx, { organisation, identity, sender }));
    },
  });
}

function toldOf({ keys, invitations }: Gone) {
  return { status: 200 as const, json: { keysRevoked: keys, invitationsWithdrawn: invitations.length } };
}
