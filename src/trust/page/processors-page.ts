import { registerState, type RegisterState } from '#safeguards/register';
import { processorsBody } from './processors-body.ts';
import { asJson, registerSchema } from './processors-shape.ts';
import { processorsWords } from './processors-words.ts';
import { everywhere, trustPage } from './trust-page.ts';

/** Who outside gets data, since when and who was told before, in versions that stay. */
export const processorsPage = trustPage<RegisterState>({
  path: '/trust/processors',
  field: 'processors',
  title: everywhere(processorsWords, ({ title }) => title),
  intro: everywhere(processorsWords, ({ intro }) => intro),
  short: everywhere(processorsWords, ({ short }) => short),
  hasForm: true,
  load: registerState,
  body: (state, language) => processorsBody(state, language),
  json: asJson,
  schema: registerSchema,
});
