import { Type } from 'typebox';
import { Personal, problem, type Id } from '#base';
import { route, type Route, type Who } from '#edge';
import { record, senderDetails } from '#safeguards/audit';
import { approveHold, askHold, heldKinds, liftHold, listHolds, readHold, type HoldTarget } from '#safeguards/holds';
import { e164 } from '#secretary/contacts';
import { listRoute } from '../api/list.ts';
import { shownTo } from '../api/masked.ts';
import { id, instant, maybeId, maybeInstant, text } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf, type TeamCtx } from '../team/ctx.ts';

const params = Type.Object({ id });
const what = { ...Type.Enum(['call', 'person']), description: 'A call with what came of it, or all of a person.' };
const states = Type.Enum(['asked', 'in-force', 'withdrawn', 'lapsed', 'lifted', 'ended']);
const count = Type.Integer({ minimum: 0 });

const shape = {
  id,
  state: states,
  what,
  callId: maybeId,
  number: { ...text, description: 'Of the person; null for a call, and once the hold is over.' },
  reason: { ...text, description: 'Null once it was forgotten: a year after the hold was over.' },
  endsAt: { ...instant, description: 'When it ends by itself.' },
  askedAt: { ...instant, description: 'Since when nothing of it is deleted.' },
  askedBy: id,
  lapsesAt: { ...instant, description: 'When it lapses unless another person has approved.' },
  approvedAt: maybeInstant,
  approvedBy: maybeId,
  liftAskedAt: maybeInstant,
  liftAskedBy: maybeId,
  overAt: maybeInstant,
  overBy: maybeId,
  holds: {
    ...Type.Object({
      call: count,
      recording: count,
      message: count,
      lead: count,
      appointment: count,
      contact: count,
    }),
    description: 'How much it holds, whether its own time is over or not.',
  },
};

/** Numbers are told to people by their last figures, here as everywhere. */
const masks = ['number'];

/** Legal holds: what must not be deleted for a time, and the two people who said so. */
export function holdRoutes(ctx: TeamCtx): Route[] {
  const all = listRoute(ctx, {
    path: 'holds',
    say: 'Legal holds, newest first, those that are over among them.',
    scope: 'holds:read',
    audits: 'read.holds',
    item: Type.Object(shape),
    masks,
    list: (tx, organisation, page) => listHolds(ctx, tx, organisation, page),
  });
  return [all, shown(ctx), asked(ctx), approved(ctx), lifted(ctx)];
}

function shown(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/holds/:id',
    say: 'One legal hold, and what it holds by kind and id: at most a thousand.',
    may: { scope: 'holds:read' },
    limit: 'api',
    audits: 'read.holds',
    params,
    output: {
      200: Type.Object({
        ...shape,
        held: Type.Array(Type.Object({ kind: Type.Enum([...heldKinds]), id })),
      }),
    },
    async run({ who, params: { id: wanted }, from }) {
      const { organisation, actor } = who;
      const details = await senderDetails(ctx, from);
      const found = await ctx.db.tenant(organisation, async (tx) => {
        const one = await readHold(ctx, tx, organisation, wanted);
        await record(ctx, tx, { organisation, actor, action: 'read.holds', object: `hold:${one.id}`, details });
        return one;
      });
      return { status: 200 as const, json: viewFor(who, found) };
    },
  });
}

function asked(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/holds',
    say: 'Asks to hold a call, or everything of a person (E.164). Nothing of it is deleted from now on; it lapses after 72 hours unless another person approves.',
    may: { scope: 'holds:write', by: 'people' },
    limit: 'api',
    audits: 'hold.asked',
    problems: ['closing-over', 'hold-not-approved', 'not-found'],
    body: Type.Object({
      reason: Type.String({
        minLength: 1,
        maxLength: 2_000,
        pattern: String.raw`\S`,
        description: 'words that say why; they are sealed',
      }),
      until: { ...instant, description: 'When it ends by itself: ten years from now at the latest.' },
      call: Type.Optional(id),
      person: Type.Optional(Type.String({ maxLength: 20, description: 'A number in E.164, such as +15005550006.' })),
    }),
    output: { 201: Type.Object({ id, lapsesAt: instant }) },
    async run(request) {
      const { body } = request;
      const target = targetOf(body);
      const asking = await askingOf(ctx, request);
      const until = Date.parse(body.until);
      const { organisation } = asking.who;
      const made = await askHold(ctx, asking, { target, reason: new Personal(body.reason), until });
      const { lapsesAt } = await ctx.db.tenant(organisation, (tx) => readHold(ctx, tx, organisation, made));
      return { status: 201 as const, json: plain({ id: made, lapsesAt }) };
    },
  });
}

function approved(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/holds/:id/approve',
    say: 'Puts a legal hold into force, as another person than the one who asked for it.',
    may: { scope: 'holds:write', by: 'people' },
    limit: 'api',
    audits: 'hold.approved',
    problems: ['hold-over', 'second-person-needed'],
    params,
    output: { 200: Type.Object(shape) },
    async run(request) {
      await approveHold(ctx, await askingOf(ctx, request), request.params.id);
      return { status: 200 as const, json: await viewOf(ctx, request.who, request.params.id) };
    },
  });
}

function lifted(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/holds/:id/lift',
    say: 'Lifts a legal hold: once a second person says the same within 72 hours. One that nobody has approved is withdrawn at once.',
    may: { scope: 'holds:write', by: 'people' },
    limit: 'api',
    audits: 'hold.lifted',
    problems: ['hold-over', 'second-person-needed'],
    params,
    output: { 200: Type.Object(shape) },
    async run(request) {
      await liftHold(ctx, await askingOf(ctx, request), request.params.id);
      return { status: 200 as const, json: await viewOf(ctx, request.who, request.params.id) };
    },
  });
}

async function viewOf(ctx: TeamCtx, who: Who, wanted: Id) {
  const { organisation } = who;
  const found = await ctx.db.tenant(organisation, (tx) => readHold(ctx, tx, organisation, wanted));
  return viewFor(who, found);
}

function viewFor<T>(who: Who, view: T) {
  return shownTo(who, plain(view), masks);
}

/** Throws `input-invalid` unless exactly one of the two is named, and for what is no number. */
function targetOf({ call, person }: { readonly call?: Id; readonly person?: string }): HoldTarget {
  if (call !== undefined && person === undefined) return { call };
  const number = call === undefined && person !== undefined ? e164(person) : undefined;
  if (number) return { person: number };
  const isOne = (call === undefined) !== (person === undefined);
  const mistakes = isOne
    ? [{ at: '/person', fix: 'must be a whole number in E.164, such as +15005550006' }]
    : [{ at: '/call', fix: 'name either a call or a person' }];
  throw problem('input-invalid', 'What is to be held is a call or a person.', { mistakes });
}
