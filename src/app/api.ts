import { Type, type TObject } from 'typebox';
import type { Permission } from '#access';
import { problem, type Ctx, type Id, type Page, type PageRequest, type Tx } from '#base';
import { route, type Route } from '#edge';
import { record, type Action } from '#safeguards/audit';
import { listAppointments } from '#secretary/appointments';
import { listCalls, readCall } from '#secretary/calls';
import { listLeads } from '#secretary/contacts';
import { listMessages } from '#secretary/messages';
import { plain } from './plain.ts';

const id = Type.String({ format: 'uuid' });
const instant = Type.String({ format: 'date-time' });
const orNull = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);
const text = orNull(Type.String());
const maybeId = orNull(id);
const maybeInstant = orNull(instant);

const call = {
  id,
  carrier: Type.String(),
  agentId: id,
  from: text,
  language: Type.String(),
  state: Type.String(),
  startedAt: instant,
  disclosedAt: maybeInstant,
  endedAt: maybeInstant,
  endReason: text,
  outcome: text,
  summary: text,
};

const entry = Type.Object({
  seq: Type.Integer(),
  at: instant,
  speaker: Type.String(),
  kind: Type.String(),
  meant: text,
  heard: text,
  heardAt: maybeInstant,
});

const extraction = Type.Object({
  name: Type.Optional(Type.String()),
  callback: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  appointmentAt: Type.Optional(Type.String()),
  urgent: Type.Optional(Type.Boolean()),
  language: Type.String(),
});

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

type ApiCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>;

type List<View> = {
  readonly path: string;
  readonly say: string;
  readonly scope: Permission;
  readonly audits: Action;
  readonly item: TObject;
  readonly list: (ctx: ApiCtx, tx: Tx, organisation: Id, page: PageRequest) => Promise<Page<View>>;
};

/** The reading API under /api/v1. Every read of personal data leaves an audit entry in the same transaction. */
export function apiRoutes(ctx: ApiCtx): Route[] {
  return [
    list(ctx, {
      path: 'calls',
      say: 'Calls, newest first.',
      scope: 'calls:read',
      audits: 'read.calls',
      item: Type.Object(call),
      list: listCalls,
    }),
    list(ctx, {
      path: 'leads',
      say: 'Leads, newest first.',
      scope: 'leads:read',
      audits: 'read.leads',
      item: Type.Object(lead),
      list: listLeads,
    }),
    list(ctx, {
      path: 'messages',
      say: 'Messages taken, newest first.',
      scope: 'messages:read',
      audits: 'read.messages',
      item: Type.Object(message),
      list: listMessages,
    }),
    list(ctx, {
      path: 'appointments',
      say: 'Appointments, the latest first.',
      scope: 'appointments:read',
      audits: 'read.appointments',
      item: Type.Object(appointment),
      list: listAppointments,
    }),
    oneCall(ctx),
  ];
}

function list<View>(ctx: ApiCtx, declared: List<View>): Route {
  return route({
    method: 'GET',
    path: `/api/v1/${declared.path}`,
    say: declared.say,
    may: { scope: declared.scope },
    limit: 'api',
    audits: declared.audits,
    query: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      before: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    output: { 200: Type.Object({ items: Type.Array(declared.item), next: text }) },
    async run({ who, query }) {
      const { organisation, actor } = who;
      const page = await ctx.db.tenant(organisation, async (tx) => {
        await record(ctx, tx, {
          organisation,
          actor,
          action: declared.audits,
          object: `organisation:${organisation}`,
        });
        return declared.list(ctx, tx, organisation, { limit: query.limit ?? 50, before: query.before });
      });
      return { status: 200 as const, json: plain(page) as { items: Record<string, never>[]; next: string | null } };
    },
  });
}

function oneCall(ctx: ApiCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/calls/:id',
    say: 'One call with its transcript: what was meant to be said apart from what was heard.',
    may: { scope: 'calls:read' },
    limit: 'api',
    audits: 'read.calls',
    params: Type.Object({ id }),
    output: {
      200: Type.Object({ ...call, extraction: Type.Union([extraction, Type.Null()]), transcript: Type.Array(entry) }),
    },
    async run({ who, params }) {
      const { organisation, actor } = who;
      const found = await ctx.db.tenant(organisation, async (tx) => {
        const detail = await readCall(ctx, tx, organisation, params.id);
        if (detail)
          await record(ctx, tx, {
            organisation,
            actor,
            action: 'read.calls',
            object: `call:${detail.id}`,
          });
        return detail;
      });
      if (!found) throw problem('not-found', 'There is no such call.');
      const { extraction: slots, ...rest } = plain(found);
      return { status: 200 as const, json: { ...rest, extraction: slots === null ? null : JSON.parse(slots) } };
    },
  });
}
