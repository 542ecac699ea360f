import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { hygieneRuns, scheduleOf } from '#safeguards/retention';
import { id, instant, maybeInstant, orNull } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import type { TeamCtx } from '../team/ctx.ts';

const said = Type.Object({ en: Type.String(), es: Type.String(), pt: Type.String(), hi: Type.String() });
const milliseconds = orNull(Type.Integer({ minimum: 1, description: 'Milliseconds.' }));
const counts = Type.Array(Type.Object({ name: Type.String(), count: Type.Integer() }));

const line = Type.Object({
  id: Type.String(),
  say: said,
  subject: Type.Enum(['caller', 'member', 'business', 'installation']),
  purpose: said,
  by: Type.Enum(['setting', 'law', 'belonging', 'moment', 'installation']),
  howLong: said,
  ms: { ...milliseconds, description: 'Null for what has no length of its own, such as the life of the account.' },
  ends: Type.Array(Type.Enum(['key', 'value', 'row', 'object', 'memory'])),
});

const hold = Type.Object({ id, what: Type.Enum(['call', 'person']), endsAt: instant });

const shape = Type.Object({
  preset: Type.String(),
  version: Type.Integer(),
  changedAt: maybeInstant,
  afterHandOver: milliseconds,
  lines: Type.Array(line),
  nextAt: { ...maybeInstant, description: 'When the next of it is past its time.' },
  holds: Type.Object({ asked: Type.Integer(), inForce: Type.Integer(), items: Type.Array(hold) }),
  lastRun: orNull(
    Type.Object({
      at: instant,
      found: { ...counts, description: 'What was still there although it should have been gone.' },
    }),
  ),
});

/** The schedule of a business: every type of data with its time, what is held, and when it was last made sure of. */
export function scheduleRoute(ctx: TeamCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/keeping/schedule',
    say: 'The retention schedule: every type of data, how long it is kept and how it ends, which legal holds suspend that, and when the hourly run last looked.',
    may: { scope: 'organisation:read' },
    limit: 'api',
    audits: null,
    output: { 200: shape },
    async run({ who: { organisation } }) {
      const schedule = await ctx.db.tenant(organisation, (tx) => scheduleOf(ctx, tx, organisation));
      const [last] = await hygieneRuns(ctx, 1);
      const found = Object.entries(last?.found ?? {}).map(([name, count]) => ({ name, count }));
      return { status: 200 as const, json: plain({ ...schedule, lastRun: last ? { at: last.at, found } : null }) };
    },
  });
}
