import Type from 'typebox';
import { permissions, roles } from '#access';
import { groups, languages, statuses } from '../claim.ts';
import { duties } from '../duties.ts';
import { confidences } from '../framework.ts';
import { lineStates } from '../framework-line.ts';
import { frameworkStatuses, type FrameworkState } from '../framework-state.ts';
import { reasons } from '../reasons.ts';

const text = Type.String();
const texts = Type.Array(text);
const count = Type.Integer({ minimum: 0 });
const instant = Type.String({ format: 'date-time' });
const day = Type.String({ format: 'date' });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const words = Type.Object(Object.fromEntries(languages.map((language) => [language, text])));
const said = Type.Object({ en: text, es: text, pt: Type.Optional(text), hi: Type.Optional(text) });
const status = Type.Enum([...statuses]);
const confidence = Type.Enum([...confidences]);

const line = Type.Object({
  id: text,
  say: { ...words, description: 'In our words.' },
  confidence,
  from: orNull(day),
  binds: Type.Boolean(),
  answer: Type.Enum(['claims', 'operator', 'not-applicable', 'open']),
  state: Type.Enum([...lineStates]),
  claims: Type.Array(Type.Object({ id: text, status })),
  duty: { ...orNull(text), description: 'What is left to people: an id in `duties`.' },
  reason: { ...orNull(text), description: 'Why it does not apply: an id in `reasons`.' },
  promise: orNull(text),
});

const backing = Type.Object({ id: text, title: text, issuer: text, issuedOn: day, untilOn: day });

/** One framework with all of its lines. */
const framework = Type.Object({
  id: text,
  name: words,
  edition: words,
  kind: Type.Enum(['law', 'self-assessment', 'report']),
  binds: Type.Array(Type.Enum(['operator', 'business'])),
  applies: words,
  source: Type.Object({ say: words, confidence }),
  from: orNull(day),
  isBinding: Type.Boolean(),
  status: Type.Enum([...frameworkStatuses]),
  report: orNull(backing),
  statement: orNull(backing),
  counts: Type.Object({
    ...Object.fromEntries(lineStates.map((state) => [state, count])),
    lines: count,
    unverified: count,
  }),
  lines: Type.Array(line),
});

const sayingList = Type.Array(Type.Object({ id: text, say: words }));
const sayings = { duties: sayingList, reasons: sayingList };

export const frameworkList = Type.Object({ at: instant, frameworks: Type.Array(framework), ...sayings });
export const oneFramework: Type.TSchema = Type.Object({ at: instant, framework, ...sayings });

/** The texts that these lines point at, each once. */
export function sayingsOf(frameworks: readonly Pick<FrameworkState, 'lines'>[]) {
  const lines = frameworks.flatMap((one) => one.lines);
  return {
    duties: [...new Set(lines.flatMap(({ duty }) => duty ?? []))].map((id) => ({ id, say: duties[id] })),
    reasons: [...new Set(lines.flatMap(({ reason }) => reason ?? []))].map((id) => ({ id, say: reasons[id] })),
  };
}

const controlClaim = Type.Object({
  id: text,
  say: said,
  status,
  at: orNull(instant),
  since: orNull(instant),
  checked: count,
  why: text,
  every: orNull(count),
  kept: texts,
});

export const inventory = Type.Object({
  at: instant,
  controls: Type.Array(
    Type.Object({
      id: text,
      title: words,
      group: Type.Enum([...groups]),
      status,
      claims: Type.Array(controlClaim),
      frameworks: Type.Array(Type.Object({ id: text, name: words, lines: texts })),
    }),
  ),
});

const reach = Type.Enum(['all', 'own']);

export const permissionMatrix = Type.Object({
  roles: Type.Array(Type.Enum([...roles])),
  permissions: Type.Array(
    Type.Object({
      permission: Type.Enum([...permissions]),
      say: words,
      isFresh: { ...Type.Boolean(), description: 'Wants a second factor of the last ten minutes.' },
      roles: Type.Record(text, reach),
    }),
  ),
});
