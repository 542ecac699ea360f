import { Type } from 'typebox';
import { iso, problem, type Ctx, type Id } from '#base';
import { route, type Route } from '#edge';
import { listProcessorErasures, type ProcessorErasure, type Stay, type Wanted } from '#safeguards/processors';
import { reading } from '../reading.ts';
import { id, instant, maybeInstant, orNull, pageQuery, pageShape, text } from '../api/shapes.ts';

const stay = Type.Object({
  what: Type.String(),
  say: Type.Object({ en: Type.String(), es: Type.String() }),
  until: {
    ...maybeInstant,
    description: 'At most until then; null where the company does not say, or nobody has deleted it.',
  },
  source: Type.String(),
  verified: { ...Type.Boolean(), description: 'Whether it was read at that source.' },
});

const shape = Type.Object({
  id,
  processor: Type.String(),
  company: Type.String(),
  item: Type.Enum(['call', 'message', 'words']),
  name: { ...text, description: "The company's own name for it." },
  call: id,
  state: {
    ...Type.Enum(['waiting', 'asked', 'confirmed', 'nothing-held', 'cannot-ask', 'given-up']),
    description:
      '`asked`: the company took it. `confirmed`: another look has found nothing. `cannot-ask`: its account is not connected.',
  },
  madeAt: instant,
  askedAt: maybeInstant,
  removed: { ...Type.Integer(), description: 'Of how many things the company took the deletion.' },
  answeredAt: maybeInstant,
  answer: { ...orNull(Type.Integer()), description: 'HTTP status of its last answer.' },
  settledAt: maybeInstant,
  attempts: Type.Integer(),
  trouble: { ...text, description: 'Why the last try came to nothing, a fixed word.' },
  stays: Type.Array(stay),
});

/** What companies outside have to delete of what was deleted here, and how far they are. */
export function processorRoutes(ctx: Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/processors/erasures',
      say: 'What companies outside have to delete: everything that one erasure wants, or, without one, what is not confirmed yet, the latest first.',
      may: { scope: 'erasures:read' },
      limit: 'api',
      audits: 'read.erasures',
      query: Type.Object({
        ...pageQuery.properties,
        erasure: Type.Optional(id),
        state: Type.Optional({
          ...Type.Enum(['open', 'given-up']),
          description: 'Without `erasure`: those under way (the usual), or those that were given up.',
        }),
      }),
      output: { 200: pageShape(shape) },
      async run({ who, from, query: { erasure, state, ...page } }) {
        const wanted = wantedOf(erasure, state);
        const found = await reading(ctx, { who, from, action: 'read.erasures' }, (tx) =>
          listProcessorErasures(tx, who.organisation, { limit: 50, ...page, wanted }),
        );
        return { status: 200 as const, json: { items: found.items.map(shown), next: found.next } };
      },
    }),
  ];
}

function wantedOf(erasure: Id | undefined, state: 'open' | 'given-up' | undefined): Wanted {
  if (erasure === undefined) return state ?? 'open';
  if (state === undefined) return { erasure };
  const mistakes = [{ at: '/state', fix: 'is for lists without `erasure`; leave one of the two out' }];
  throw problem('input-invalid', 'Ask by erasure or by state.', { mistakes });
}

function shown({ stays, madeAt, askedAt, answeredAt, settledAt, ...one }: ProcessorErasure) {
  const times = { askedAt: maybe(askedAt), answeredAt: maybe(answeredAt), settledAt: maybe(settledAt) };
  return { ...one, madeAt: iso(madeAt), ...times, stays: stays.map(stayOf) };
}

function stayOf({ what, say, until, source, verified }: Stay) {
  return { what, say: { ...say }, until: maybe(until), source, verified };
}

function maybe(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
