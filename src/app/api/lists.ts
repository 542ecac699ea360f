import { Type } from 'typebox';
import type { Route } from '#edge';
import { listAppointments } from '#secretary/appointments';
import { listLeads } from '#secretary/contacts';
import { listMessages } from '#secretary/messages';
import { callsOf } from './calls-of.ts';
import { listRoute, type ApiCtx } from './list.ts';
import { flag, flagOf, id, instant, maybeId, maybeInstant, period, periodOf, text } from './shapes.ts';

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
  doneAt: { ...maybeInstant, description: 'When somebody had seen to it.' },
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

const ofCall = { call: Type.Optional({ ...id, description: 'Only what came of this call.' }) };
const booked = Type.Enum(['booked', 'cancelled']);
export const leadStatus = Type.Enum(['new', 'contacted', 'won', 'lost']);

/** What came of calls. Who may see only their own calls sees what came of those. */
export function listRoutes(ctx: ApiCtx): Route[] {
  return [
    listRoute(ctx, {
      path: 'leads',
      say: 'Leads, newest first.',
      scope: 'leads:read',
      audits: 'read.leads',
      item: Type.Object(lead),
      masks: ['phone'],
      filter: { status: Type.Optional(leadStatus), ...ofCall },
      list: (tx, organisation, page, who) =>
        listLeads(ctx, tx, organisation, { ...page, ofCalls: callsOf(who, 'leads:read') }),
    }),
    listRoute(ctx, {
      path: 'messages',
      say: 'Messages taken, newest first.',
      scope: 'messages:read',
      audits: 'read.messages',
      item: Type.Object(message),
      masks: ['callback'],
      filter: { urgent: flag, done: flag, ...ofCall },
      list: (tx, organisation, { urgent, done, ...page }, who) => {
        const wanted = { urgent: flagOf(urgent), done: flagOf(done), ofCalls: callsOf(who, 'messages:read') };
        return listMessages(ctx, tx, organisation, { ...page, ...wanted });
      },
    }),
    listRoute(ctx, {
      path: 'appointments',
      say: 'Appointments, the latest first; `order=upcoming` turns that around. `since` and `until` go by when they begin.',
      scope: 'appointments:read',
      audits: 'read.appointments',
      item: Type.Object(appointment),
      masks: ['phone'],
      filter: {
        status: Type.Optional(booked),
        agent: Type.Optional(id),
        order: Type.Optional(Type.Enum(['upcoming'])),
        ...period,
        ...ofCall,
      },
      list: (tx, organisation, page, who) =>
        listAppointments(ctx, tx, organisation, {
          ...page,
          ...periodOf(page),
          ofCalls: callsOf(who, 'appointments:read'),
        }),
    }),
  ];
}
