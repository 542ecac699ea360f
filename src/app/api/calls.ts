import { Type, type Static } from 'typebox';
import { problem, type Id, type Tx } from '#base';
import { route, type Route, type Who } from '#edge';
import { record, senderDetails } from '#safeguards/audit';
import { assignCall, listCalls, readCall } from '#secretary/calls';
import { playableMs } from '#secretary/recordings';
import { turnsOfCall } from '#secretary/turns';
import { plain } from '../plain.ts';
import { callsOf, contentsFor, onlyOf } from './calls-of.ts';
import { listRoute, type ApiCtx } from './list.ts';
import { shownTo } from './masked.ts';
import { id, instant, maybeId, maybeInstant, onlyWith, orNull, period, periodOf, text } from './shapes.ts';

/** What was said in a call, and the number it came from, are absent for who may not read transcripts. */
const call = {
  id,
  carrier: Type.String(),
  agentId: id,
  assignedTo: { ...maybeId, description: 'The member whose call it is.' },
  from: onlyWith('transcripts:read', text),
  name: onlyWith('transcripts:read', text),
  language: Type.String(),
  state: Type.String(),
  startedAt: instant,
  disclosedAt: maybeInstant,
  endedAt: maybeInstant,
  endReason: text,
  outcome: text,
  handedOverAt: {
    ...maybeInstant,
    description:
      'When a system of the business first confirmed that it has the call. From `keptUntil` on the number is then its last figures, `***-***-1234`, for everybody.',
  },
  keptUntil: { ...maybeInstant, description: 'From then on nobody reads what was said, the number or the name.' },
  summary: onlyWith('transcripts:read', text),
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

const decision = Type.Object(
  {
    at: instant,
    what: Type.Enum(['disclosure', 'recording', 'tool', 'transfer', 'model', 'channel', 'end']),
    about: text,
    why: Type.String(),
  },
  {
    description:
      'What was decided in the call, and why, in fixed words. `about` names the rule, the tool, the model or the channel. Tools are left out without transcripts:read.',
  },
);

const handOver = Type.Object({
  system: Type.String(),
  state: Type.Enum(['confirmed', 'failed']),
  at: instant,
  reference: onlyWith('transcripts:read', text),
  code: text,
  failures: Type.Integer(),
});

const ms = Type.Integer();
const turn = Type.Object(
  { n: Type.Integer(), at: instant, endpointMs: ms, modelMs: ms, sentMs: ms, heardMs: ms },
  {
    description:
      'How long the caller waited for one answer: milliseconds from the end of their words. Live calls only.',
  },
);

/** What narrows the list of calls down. */
const filter = {
  state: Type.Optional(Type.Enum(['live', 'ended'])),
  outcome: Type.Optional(Type.String({ pattern: '^[a-z]+(-[a-z]+)*$', maxLength: 40, description: 'an outcome' })),
  agent: Type.Optional(id),
  assigned: Type.Optional(
    Type.Union([id, Type.Literal('none')], { description: 'The id of a member, or `none` for calls of nobody.' }),
  ),
  ...period,
};

const masks = ['from', 'callback'];

/** Calls. Who may see only their own sees those assigned to them, and of others not even that they exist. */
export function callRoutes(ctx: ApiCtx): Route[] {
  const all = listRoute(ctx, {
    path: 'calls',
    say: 'Calls, newest first.',
    scope: 'calls:read',
    audits: 'read.calls',
    item: Type.Object(call),
    masks,
    filter,
    list: (tx, organisation, page, who) => {
      const of = onlyOf(who, 'calls:read');
      return listCalls(ctx, tx, organisation, { ...page, ...periodOf(page), of, contents: contentsFor(who) });
    },
    told: (one) => ({ ...one, ...filled(one.extraction) }),
  });
  return [all, oneCall(ctx), assignee(ctx)];
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
      200: Type.Object({
        ...call,
        extraction: onlyWith('transcripts:read', orNull(extraction)),
        transcript: onlyWith('transcripts:read', Type.Array(entry)),
        decisions: Type.Array(decision),
        handOvers: Type.Array(handOver, {
          description: 'What systems of the business said of it: `POST /api/v1/calls/:id/hand-over`.',
        }),
        turns: Type.Array(turn),
        recordedMs: onlyWith('recordings:read', orNull(Type.Integer())),
      }),
    },
    async run({ who, params, from }) {
      const { organisation, actor } = who;
      const details = await senderDetails(ctx, from);
      const found = await ctx.db.tenant(organisation, async (tx) => {
        const wanted = { id: params.id, ofCalls: callsOf(who, 'calls:read'), contents: contentsFor(who) };
        const detail = await readCall(ctx, tx, organisation, wanted);
        if (detail)
          await record(ctx, tx, { organisation, actor, action: 'read.calls', object: `call:${detail.id}`, details });
        return detail && { ...detail, ...(await measured(ctx, tx, { who, id: detail.id })) };
      });
      if (!found) throw problem('not-found', 'There is no such call.');
      const { extraction: slots, ...rest } = plain(found);
      return { status: 200 as const, json: shownTo(who, { ...rest, ...filled(slots) }, masks) };
    },
  });
}

/** What a caller gave as their name, with all that was filled in. Absent without the words, null once they are erased. */
function filled(slots: string | null | undefined): {
  extraction?: Static<typeof extraction> | null;
  name?: string | null;
} {
  if (slots === undefined) return {};
  const all = slots === null ? null : (JSON.parse(slots) as Static<typeof extraction>);
  return { extraction: all, name: all?.name ?? null };
}

/** What is told of a call besides what stands in its own books. */
async function measured(ctx: ApiCtx, tx: Tx, { who, id: callId }: { readonly who: Who; readonly id: Id }) {
  const { organisation, grants } = who;
  const turns = await turnsOfCall(tx, organisation, callId);
  if (!grants['recordings:read']) return { turns };
  const ofCalls = callsOf(who, 'recordings:read');
  return { turns, recordedMs: await playableMs(ctx, tx, { organisation, callId, ofCalls }) };
}

function assignee(ctx: ApiCtx): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/calls/:id/assignee',
    say: 'Makes a call the own call of a member, or of nobody. Own calls are what an agent may see.',
    may: { scope: 'calls:write' },
    limit: 'api',
    audits: 'call.assigned',
    params: Type.Object({ id }),
    body: Type.Object({ person: maybeId }),
    output: { 200: Type.Object({ id, assignedTo: maybeId }) },
    async run({ who, params, body, from }) {
      const sender = await senderDetails(ctx, from);
      await ctx.db.tenant(who.organisation, (tx) =>
        assignCall(ctx, tx, { who, sender }, { id: params.id, person: body.person }),
      );
      return { status: 200 as const, json: { id: params.id, assignedTo: body.person } };
    },
  });
}
