import { Type } from 'typebox';
import { problem } from '#base';
import { route, type Route } from '#edge';
import {
  keepingOf,
  mostDays,
  setKeeping,
  whatWouldGo,
  type Days,
  type Keeping,
  type KeepingChoice,
  type Preset,
} from '#safeguards/retention';
import { maybeInstant } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf, type TeamCtx } from '../team/ctx.ts';

const wholeDays = Type.Integer({ minimum: 1, maximum: mostDays });
const days = {
  recordings: { ...wholeDays, description: 'Days that recordings are kept, from when they were made.' },
  calls: {
    ...wholeDays,
    description: "Days that a call's words, summary, number and name are kept, from its end. The call itself stays.",
  },
  messages: { ...wholeDays, description: 'Days that messages are kept, from when they were taken.' },
};
const preset = Type.Enum(['standard', 'short', 'minimal', 'custom']);
const shape = Type.Object({ preset, days: Type.Object(days), version: Type.Integer(), changedAt: maybeInstant });

/** Two edits that meet: the later one is refused unless it has read the earlier. */
const etag = ({ version }: Pick<Keeping, 'version'>) => String(version);

/** How long things are kept, with a look at what a change would delete. */
export function howLongRoutes(ctx: TeamCtx): Route[] {
  return [shown(ctx), changed(ctx), previewed(ctx)];
}

function shown(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/keeping',
    say: 'How long recordings, calls and messages are kept. What is past its time is shown nowhere, and is then destroyed.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    etag,
    output: { 200: shape },
    async run({ who: { organisation } }) {
      const keeping = await ctx.db.tenant(organisation, (tx) => keepingOf(tx, organisation));
      return { status: 200 as const, json: viewOf(keeping) };
    },
  });
}

function changed(ctx: TeamCtx): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/keeping',
    say: 'Changes how long things are kept, for what is there already too. `custom` names its days.',
    may: { scope: 'keeping:write' },
    limit: 'api',
    audits: 'keeping.changed',
    etag,
    problems: ['changed-meanwhile'],
    body: Type.Object({ preset, days: Type.Optional(Type.Object(days)) }),
    output: { 200: shape },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const { organisation, actor: by } = who;
      const choice = choiceOf(request.body);
      const keeping = await ctx.db.tenant(organisation, async (tx) => {
        request.unchanged(viewOf(await keepingOf(tx, organisation)));
        return setKeeping(ctx, tx, { organisation, choice, by, sender });
      });
      return { status: 200 as const, json: viewOf(keeping) };
    },
  });
}

function previewed(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/keeping/preview',
    say: 'How much would be deleted at once if things were kept for so many days. Changes nothing.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    query: Type.Object(days),
    output: {
      200: Type.Object({
        calls: { ...Type.Integer(), description: 'Calls whose words, number and name would go.' },
        recordings: { ...Type.Integer(), description: 'Calls whose recording would go.' },
        messages: Type.Integer(),
        oldestAt: { ...maybeInstant, description: 'When the oldest of them was made; null when nothing would go.' },
      }),
    },
    async run({ who: { organisation }, query }) {
      const going = await ctx.db.tenant(organisation, (tx) => whatWouldGo(ctx, tx, organisation, query));
      return { status: 200 as const, json: plain(going) };
    },
  });
}

/** Throws `input-invalid` for `custom` without days, and for days that a usual setting does not have. */
function choiceOf(body: { readonly preset: Preset; readonly days?: Days }): KeepingChoice {
  if (body.preset === 'custom' && body.days) return { preset: 'custom', days: body.days };
  if (body.preset !== 'custom' && !body.days) return { preset: body.preset };
  const fix = body.days ? 'must be left out: the days of this preset are known' : 'must be there with custom';
  throw problem('input-invalid', 'Days are for custom alone.', { mistakes: [{ at: '/days', fix }] });
}

function viewOf({ preset: chosen, days: kept, version, changedAt }: Keeping) {
  return plain({ preset: chosen, days: kept, version, changedAt });
}
