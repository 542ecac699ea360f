import { Type, type Static } from 'typebox';
import { problem } from '#base';
import { route, type Route } from '#edge';
import {
  hygieneRuns,
  keepingOf,
  setKeeping,
  whatWouldGo,
  type Keeping,
  type KeepingChoice,
} from '#safeguards/retention';
import { instant, maybeInstant, orNull } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf, type TeamCtx } from '../team/ctx.ts';
import { allDays, chosenDays, daysOf, presetNames, windowsFrom } from './shapes.ts';

const preset = Type.Enum([...presetNames, 'custom']);
const minutesAfter = Type.Integer({ minimum: 1, maximum: 43_200 });
const minutes = {
  ...orNull(minutesAfter),
  description:
    'Minutes after a confirmed hand-over within which words, names and numbers go; null: no sooner for that.',
};
const shape = Type.Object({
  preset,
  days: allDays,
  afterHandOverMinutes: minutes,
  version: Type.Integer(),
  changedAt: maybeInstant,
});

/** Two edits that meet: the later one is refused unless it has read the earlier. */
const etag = ({ version }: Pick<Keeping, 'version'>) => String(version);

/** How long things are kept, with a look at what a change would delete. */
export function howLongRoutes(ctx: TeamCtx): Route[] {
  return [shown(ctx), changed(ctx), previewed(ctx), runsShown(ctx)];
}

function shown(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/keeping',
    say: 'How long recordings, calls, messages, callers, leads and appointments are kept. What is past its time is shown nowhere, and is then destroyed.',
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
    body: Type.Object({
      preset,
      days: Type.Optional({
        ...chosenDays,
        description: 'With custom. Of what is left out the days stay as they are.',
      }),
      afterHandOverMinutes: Type.Optional(minutes),
    }),
    output: { 200: shape },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const { organisation, actor: by } = who;
      const keeping = await ctx.db.tenant(organisation, async (tx) => {
        const before = await keepingOf(tx, organisation, { hold: true });
        request.unchanged(viewOf(before));
        return setKeeping(ctx, tx, { organisation, choice: choiceOf(request.body, before), by, sender });
      });
      return { status: 200 as const, json: viewOf(keeping) };
    },
  });
}

function previewed(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/keeping/preview',
    say: 'How much would be deleted at once if things were kept for so many days, and so long after a hand-over. Changes nothing.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    query: Type.Object({ ...chosenDays.properties, afterHandOverMinutes: Type.Optional(minutesAfter) }),
    output: {
      200: Type.Object({
        calls: { ...Type.Integer(), description: 'Calls whose words, number and name would go.' },
        recordings: { ...Type.Integer(), description: 'Calls whose recording would go.' },
        messages: Type.Integer(),
        people: { ...Type.Integer(), description: 'Callers whose number and name would go.' },
        leads: Type.Integer(),
        appointments: Type.Integer(),
        oldestAt: { ...maybeInstant, description: 'When the oldest of them was made; null when nothing would go.' },
      }),
    },
    async run({ who: { organisation }, query }) {
      const going = await ctx.db.tenant(organisation, async (tx) => {
        const { windows } = await keepingOf(tx, organisation);
        const { afterHandOverMinutes: after } = query;
        const afterHandOver = after === undefined ? null : after * 60_000;
        return whatWouldGo(ctx, tx, organisation, { windows: windowsFrom(query, windows), afterHandOver });
      });
      return { status: 200 as const, json: plain(going) };
    },
  });
}

const counts = Type.Record(Type.String(), Type.Integer());

function runsShown(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/keeping/runs',
    say: 'When the hourly run last looked for anything past its time, in all of this installation, and what it found. The newest of a day, first.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    output: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({
            at: instant,
            tookMs: Type.Integer(),
            found: { ...counts, description: 'How much was past its time and still there, by type of data.' },
            swept: { ...counts, description: 'How much the other sweepers ended, by their names.' },
            failed: { ...Type.Array(Type.String()), description: 'Types of data and sweepers that failed.' },
          }),
        ),
      }),
    },
    async run() {
      const items = await hygieneRuns(ctx, 24);
      return { status: 200 as const, json: plain({ items }) };
    },
  });
}

type Body = {
  readonly preset: string;
  readonly days?: Static<typeof chosenDays>;
  readonly afterHandOverMinutes?: number | null;
};

/** Throws `input-invalid` for `custom` without days, and for days that a usual setting does not have. */
function choiceOf({ preset: name, days, afterHandOverMinutes }: Body, before: Keeping): KeepingChoice {
  if (name === 'custom' && days) {
    const windows = windowsFrom(days, before.windows);
    if (afterHandOverMinutes === undefined) return { preset: name, windows, afterHandOver: before.afterHandOver };
    return { preset: name, windows, afterHandOver: afterHandOverMinutes && afterHandOverMinutes * minuteMs };
  }
  if (name !== 'custom' && !days && afterHandOverMinutes === undefined) return { preset: name };
  const isCustom = name === 'custom';
  const fix = isCustom ? 'must be there with custom' : 'must be left out: the days of this preset are known';
  throw problem('input-invalid', 'Days are for custom alone.', { mistakes: [{ at: '/days', fix }] });
}

const minuteMs = 60_000;

function viewOf({ preset: name, windows, afterHandOver, version, changedAt }: Keeping) {
  const afterHandOverMinutes = afterHandOver && afterHandOver / minuteMs;
  return plain({ preset: name, days: daysOf(windows), afterHandOverMinutes, version, changedAt });
}
