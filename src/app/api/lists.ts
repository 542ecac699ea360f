import { Type } from 'typebox';
import type { Route } from '#edge';
import { listAppointments } from '#secretary/appointments';
import { listLeads } from '#secretary/contacts';
import { listMessages } from '#secretary/messages';
import { callsOf } from './calls-of.ts';
import { listRoute, type ApiCtx } from './list.ts';
import { id, instant, maybeId, text } from './shapes.ts';

const lead = {
  id,
  callId: id,
  contactId: maybeId,
  name: text,
  phone: text,
  interest: text,
  status: Type.String(),
  createdAt: instant,
};

const message = {
  id,
  callId: maybeId,
  contactId: maybeId,
  channel: Type.String(),
  name: text,
  callback: text,
  body: text,
  urgent: Type.Boolean(),
  createdAt: instant,
};

const appointment = {
  id,
  agentId: id,
  callId: maybeId,
  contactId: maybeId,
  startsAt: instant,
  endsAt: instant,
  status: Type.String(),
  name: text,
  phone: text,
  reason: text,
  createdAt: instant,
  changedAt: instant,
};

/** What came of calls. Who may see only their own calls sees what came of those. */
export function listRoutes(ctx: ApiCtx): Route[] {
  return [
    listRoute(ctx, {
      path: 'leads',
      say: 'Leads, newest first.',
      scope: 'leads:read',
      audits: 'read.leads',
      item: Type.Object(lead),
      list: (tx, organisation, page, who) =>
        listLeads(ctx, tx, organisation, { ...page, ofCalls: callsOf(who, 'leads:read') }),
    }),
    listRoute(ctx, {
      path: 'messages',
      say: 'Messages taken, newest first.',
      scope: 'messages:read',
      audits: 'read.messages',
      item: Type.Object(message),
      list: (tx, organisation, page, who) =>
        listMessages(ctx, tx, organisation, { ...page, ofCalls: callsOf(who, 'messages:read') }),
    }),
    listRoute(ctx, {
      path: 'appointments',
      say: 'Appointments, the latest first.',
      scope: 'appointments:read',
      audits: 'read.appointments',
      item: Type.Object(appointment),
      list: (tx, organisation, page, who) =>
        listAppointments(ctx, tx, organisation, { ...page, ofCalls: callsOf(who, 'appointments:read') }),
    }),
  ];
}
