import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { senderDetails } from '#safeguards/audit';
import { changeLead } from '#secretary/contacts';
import { seeToMessage } from '#secretary/messages';
import { callsOf } from './calls-of.ts';
import type { ApiCtx } from './list.ts';
import { leadStatus } from './lists.ts';
import { done, id, nothing } from './shapes.ts';

/** What somebody has done about what callers left. */
export function seeToRoutes(ctx: ApiCtx): Route[] {
  return [messageDone(ctx), leadStands(ctx)];
}

function messageDone(ctx: ApiCtx): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/messages/:id/done',
    say: 'Says that somebody has seen to a message, or that it waits again.',
    may: { scope: 'messages:write' },
    limit: 'api',
    audits: 'message.done',
    params: Type.Object({ id }),
    body: Type.Object({ done: Type.Boolean() }),
    output: { 204: nothing },
    async run({ who, params, body, from }) {
      const sender = await senderDetails(ctx, from);
      const change = { id: params.id, isDone: body.done, ofCalls: callsOf(who, 'messages:write') };
      await ctx.db.tenant(who.organisation, (tx) => seeToMessage(ctx, tx, { who, sender }, change));
      return done;
    },
  });
}

function leadStands(ctx: ApiCtx): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/leads/:id/status',
    say: 'Says where a lead stands.',
    may: { scope: 'leads:write' },
    limit: 'api',
    audits: 'lead.changed',
    params: Type.Object({ id }),
    body: Type.Object({ status: leadStatus }),
    output: { 204: nothing },
    async run({ who, params, body, from }) {
      const sender = await senderDetails(ctx, from);
      const change = { id: params.id, status: body.status, ofCalls: callsOf(who, 'leads:write') };
      await ctx.db.tenant(who.organisation, (tx) => changeLead(ctx, tx, { who, sender }, change));
      return done;
    },
  });
}
