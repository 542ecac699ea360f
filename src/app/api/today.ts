import { Type } from 'typebox';
import type { Id, Tx } from '#base';
import { route, type Route, type Who } from '#edge';
import { organisation as load } from '#safeguards/accounts';
import { record, senderDetails, type Details } from '#safeguards/audit';
import { listAgents } from '#secretary/agent';
import { listAppointments } from '#secretary/appointments';
import { callsByDay, callsSince, dayStarts } from '#secretary/calls';
import { leadsWaiting } from '#secretary/contacts';
import { messagesWaiting } from '#secretary/messages';
import { medianWait } from '#secretary/turns';
import { plain } from '../plain.ts';
import { callsOf, onlyOf } from './calls-of.ts';
import type { ApiCtx } from './list.ts';
import { shownTo } from './masked.ts';
import { id, instant, onlyWith, orNull, text } from './shapes.ts';

/** Days that are counted, today the last of them. */
const days = 14;
/** Appointments that are shown. */
const next = 5;

const count = Type.Integer();
const shape = Type.Object({
  timeZone: Type.String({ description: 'Of the business: its day is meant by today.' }),
  startedAt: { ...instant, description: 'When today began.' },
  calls: Type.Object({
    answered: count,
    live: count,
    outcomes: Type.Array(Type.Object({ outcome: Type.String(), calls: count })),
    days: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), calls: count })),
  }),
  medianWaitMs: orNull(Type.Integer()),
  messages: onlyWith('messages:read', Type.Object({ open: count, urgent: count })),
  newLeads: onlyWith('leads:read', count),
  appointments: onlyWith(
    'appointments:read',
    Type.Array(Type.Object({ id, agentId: id, startsAt: instant, endsAt: instant, name: text, reason: text })),
  ),
});

/** What happened, what waits for somebody, and who comes next: each for who may see it, and as far as they may. */
export function todayRoute(ctx: ApiCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/today',
    say: 'The day of the business so far: calls, what waits for somebody, and the next appointments. What somebody may not see is absent.',
    may: { scope: 'calls:read' },
    limit: 'api',
    audits: 'read.appointments',
    output: { 200: shape },
    async run({ who, from }) {
      const sender = await senderDetails(ctx, from);
      const json = await ctx.db.tenant(who.organisation, async (tx) => ({
        ...(await whatHappened(ctx, tx, who)),
        ...(await whatWaits(ctx, tx, who)),
        ...(await whoComes(ctx, tx, { who, sender })),
      }));
      return { status: 200 as const, json: shownTo(who, plain(json), []) };
    },
  });
}

async function whatHappened(ctx: ApiCtx, tx: Tx, who: Who) {
  const { organisation } = who;
  const { timeZone } = await load(tx, organisation);
  const dates = dayStarts(timeZone, ctx.clock.now(), days);
  const since = dates.at(-1)!.startsAt;
  const of = onlyOf(who, 'calls:read');
  const tally = await callsSince(tx, organisation, { since, of });
  const counted = await callsByDay(tx, organisation, { starts: dates.map(({ startsAt }) => startsAt), of });
  const byDay = dates.map(({ day }, at) => ({ day, calls: counted[at] ?? 0 }));
  const agents = (await listAgents(tx, organisation)).map(({ id: agent }) => agent);
  const medianWaitMs = await medianWait(tx, organisation, { agents, since, ofCalls: callsOf(who, 'calls:read') });
  return { timeZone, startedAt: since, calls: { ...tally, days: byDay }, medianWaitMs };
}

async function whatWaits(ctx: ApiCtx, tx: Tx, who: Who) {
  const { organisation, grants } = who;
  return {
    ...(grants['messages:read'] && {
      messages: await messagesWaiting(ctx, tx, organisation, { ofCalls: callsOf(who, 'messages:read') }),
    }),
    ...(grants['leads:read'] && {
      newLeads: await leadsWaiting(ctx, tx, organisation, { ofCalls: callsOf(who, 'leads:read') }),
    }),
  };
}

/** Names of people are read here: that is in the audit log, as it is for a list. */
async function whoComes(ctx: ApiCtx, tx: Tx, { who, sender }: { readonly who: Who; readonly sender: Details }) {
  const { organisation, actor, grants } = who;
  if (!grants['appointments:read']) return {};
  const object = `organisation:${organisation}` as const;
  await record(ctx, tx, { organisation, actor, action: 'read.appointments', object, details: sender });
  return { appointments: await comingOf(ctx, tx, organisation, who) };
}

async function comingOf(ctx: ApiCtx, tx: Tx, organisation: Id, who: Who) {
  const { items } = await listAppointments(ctx, tx, organisation, {
    limit: next,
    since: ctx.clock.now(),
    status: 'booked',
    order: 'upcoming',
    ofCalls: callsOf(who, 'appointments:read'),
  });
  return items;
}
