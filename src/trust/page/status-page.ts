import { Type } from 'typebox';
import { measured, promisable, uptimeState, type UptimeState } from '#safeguards/uptime';
import { statusBody } from './status-body.ts';
import { statusWords } from './status-words.ts';
import { everywhere, trustPage } from './trust-page.ts';

const count = Type.Integer({ minimum: 0 });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const ms = { ...orNull(count), description: 'Milliseconds.' };
const percent = orNull(Type.Number({ minimum: 0, maximum: 100 }));

const schema = Type.Object({
  since: orNull(Type.String({ format: 'date-time' })),
  days: Type.Array(
    Type.Object({
      day: Type.String({ format: 'date' }),
      upPercent: percent,
      shares: {
        ...orNull(Type.Object({ up: count, down: count, gap: count, planned: count })),
        description:
          'Milliseconds in which it answered, did not, did not run, and was stopped on purpose; null: not measured.',
      },
    }),
  ),
  responses: Type.Array(
    Type.Object({ what: Type.Enum([...measured]), answers: count, failed: count, p50: ms, p95: ms, p99: ms }),
  ),
  months: Type.Array(
    Type.Object({
      month: Type.String(),
      isOver: Type.Boolean(),
      kept: Type.Array(
        Type.Object({
          what: Type.Enum([...promisable]),
          target: orNull(Type.Number()),
          reached: orNull(Type.Number()),
          isKept: orNull(Type.Boolean()),
        }),
      ),
    }),
  ),
});

/** Uptime and response times, and what of the promises about them was kept. */
export const statusPage = trustPage<UptimeState>({
  path: '/trust/status',
  field: 'status',
  title: everywhere(statusWords, ({ title }) => title),
  intro: everywhere(statusWords, ({ intro }) => intro),
  short: everywhere(statusWords, ({ short }) => short),
  load: uptimeState,
  body: statusBody,
  json: ({ since, days, responses, months }) => ({
    since,
    days: [...days],
    responses: [...responses],
    months: months.map(({ kept, ...month }) => ({ ...month, kept: [...kept] })),
  }),
  schema,
});
