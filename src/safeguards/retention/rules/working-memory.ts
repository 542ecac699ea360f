import type { Rule } from '../rule.ts';

export default {
  say: { en: 'What one step of work needs', es: 'Lo que necesita un paso de trabajo' },
  subject: 'caller',
  purpose: {
    en: 'To read one request, one answer or one sentence. It is let go of when that is done.',
    es: 'Leer una petición, una respuesta o una frase. Se suelta al terminar.',
  },
  covers: [
    'cache:adapters/carriers/emulator/xml',
    'cache:adapters/carriers/twilio/form',
    'cache:adapters/carriers/twilio/signature',
    'cache:adapters/models/vendors/scripted/facts',
    'cache:adapters/models/vendors/scripted/languages/en/dates',
    'cache:adapters/models/vendors/scripted/languages/es/dates',
    'cache:edge/doubled',
    'cache:safeguards/retention/hygiene',
    'cache:secretary/calls/words',
    'cache:secretary/recordings/survey',
    'cache:trust/byte-search-automaton',
    'cache:trust/byte-search-read',
    'cache:trust/claims/recordings-are-sealed',
    'cache:trust/stored-objects',
  ],
  keeps: { by: 'moment', until: { en: 'the end of the step', es: 'el fin del paso' } },
  ends: ['memory'],
} satisfies Rule;
