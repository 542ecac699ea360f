import { Type } from 'typebox';
import { assessmentMs, fixMs } from '#safeguards/disclosure';
import { acknowledgements } from '#safeguards/profiles';
import { securityBody } from './security-body.ts';
import { securityState, type SecurityState } from './security-state.ts';
import { securityWords } from './security-words.ts';
import { everywhere, trustPage } from './trust-page.ts';

const count = Type.Integer({ minimum: 0 });
const kept = Type.Union([
  Type.Object({ kept: count, missed: count, medianMs: Type.Union([count, Type.Null()]) }),
  Type.Null(),
]);

const schema = Type.Object({
  contact: Type.Union([Type.String(), Type.Null()]),
  intake: Type.String(),
  acknowledgement: Type.Enum([...acknowledgements]),
  timeZone: Type.String(),
  assessmentMs: count,
  fixMs: count,
  standing: {
    ...Type.Object({ acknowledgement: kept, assessment: kept, fix: kept }),
    description: 'Of the last twelve months; null where there were too few reports to tell.',
  },
});

/** How weaknesses are reported, what is promised to whoever does, and how that was kept. */
export const securityPage = trustPage<SecurityState>({
  path: '/trust/security',
  field: 'security',
  title: everywhere(securityWords, ({ title }) => title),
  intro: everywhere(securityWords, ({ intro }) => intro),
  short: everywhere(securityWords, ({ short }) => short),
  hasForm: true,
  load: securityState,
  body: securityBody,
  json: ({ form: _, ...state }) => ({ ...state, assessmentMs, fixMs }),
  schema,
});
