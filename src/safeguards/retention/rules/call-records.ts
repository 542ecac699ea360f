import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'When calls were, how long, and how they ended',
    es: 'Cuándo fueron las llamadas, cuánto duraron y cómo terminaron',
  },
  subject: 'business',
  purpose: {
    en: 'To count calls and waiting times, and to answer for what was done. Who called and what was said is not in it.',
    es: 'Contar llamadas y tiempos de espera, y responder de lo hecho. No consta quién llamó ni qué se dijo.',
  },
  covers: ['app.calls.*', 'app.call_decisions.*', 'app.turns.*', 'app.stream_tokens.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
