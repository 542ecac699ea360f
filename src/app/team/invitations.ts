import { Type } from 'typebox';
import { Personal } from '#base';
import { route, type Route } from '#edge';
import {
  acceptInvitation,
  invite,
  listInvitations,
  resendInvitation,
  withdrawInvitation,
  writtenAddress,
} from '#safeguards/accounts';
import { senderDetails } from '#safeguards/audit';
import { addressOf } from '#safeguards/identity';
import { listRoute } from '../api/list.ts';
import { done, id, instant, name, nothing, text } from '../api/shapes.ts';
import { askingOf, type TeamCtx } from './ctx.ts';
import { role } from './members.ts';

const params = Type.Object({ id });

/** Invitations: the only way into an organisation that exists. */
export function invitationRoutes(ctx: TeamCtx): Route[] {
  const open = listRoute(ctx, {
    path: 'invitations',
    say: 'Invitations that are open, newest first. Those that have expired can be sent again.',
    scope: 'team:read',
    audits: 'read.team',
    item: Type.Object({
      id,
      role,
      name: text,
      email: text,
      sent: Type.Integer(),
      sentAt: instant,
      expiresAt: instant,
      isExpired: Type.Boolean(),
    }),
    list: (tx, organisation, page) => listInvitations(ctx, tx, organisation, page),
  });
  return [open, made(ctx), resent(ctx), withdrawn(ctx), accepted(ctx)];
}

function made(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/invitations',
    say: 'Invites a person by mail. The link in it is good once, for seven days.',
    may: { scope: 'team:write' },
    limit: 'api',
    audits: 'invitation.made',
    idempotent: true,
    body: Type.Object({ email: Type.String({ maxLength: 320 }), name, role }),
    output: { 201: Type.Object({ id }) },
    async run(request) {
      const { email, name: called, role: as } = request.body;
      const asking = await askingOf(ctx, request);
      const given = {
        email: new Personal(writtenAddress(email)),
        name: new Personal(called),
        role: as,
        origin: ctx.publicUrl(),
      };
      const made = await ctx.db.tenant(asking.who.organisation, (tx) => invite(ctx, tx, asking, given));
      return { status: 201 as const, json: { id: made } };
    },
  });
}

function resent(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/invitations/:id/resend',
    say: 'Sends an invitation again. The link in the earlier mail ends; the new one is good for seven days.',
    may: { scope: 'team:write' },
    limit: 'api',
    audits: 'invitation.resent',
    params,
    output: { 204: nothing },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const what = { id: request.params.id, origin: ctx.publicUrl() };
      await ctx.db.tenant(asking.who.organisation, (tx) => resendInvitation(ctx, tx, asking, what));
      return done;
    },
  });
}

function withdrawn(ctx: TeamCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/invitations/:id',
    say: 'Withdraws an invitation. Its link opens nothing from now on.',
    may: { scope: 'team:write' },
    limit: 'api',
    audits: 'invitation.withdrawn',
    params,
    output: { 204: nothing },
    async run(request) {
      await withdrawInvitation(ctx, await askingOf(ctx, request), request.params.id);
      return done;
    },
  });
}

function accepted(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/invitations/accept',
    say: 'Accepts an invitation as whoever is signed in; the address they have proven must be the invited one.',
    may: { session: 'any' },
    limit: 'api',
    audits: 'invitation.accepted',
    body: Type.Object({ token: Type.String({ maxLength: 200 }) }),
    output: { 200: Type.Object({ organisation: id, person: id, role }) },
    async run({ who: { identity }, body: { token }, from }) {
      const [address, sender] = await Promise.all([addressOf(ctx, identity), senderDetails(ctx, from)]);
      return { status: 200 as const, json: await acceptInvitation(ctx, { token, identity, address, sender }) };
    },
  });
}
