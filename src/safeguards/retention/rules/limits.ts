import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Counts of requests', es: 'Recuentos de peticiones' },
  subject: 'member',
  purpose: {
    en: 'To limit how often anybody may ask. Kept are a keyed hash of who is counted and numbers.',
    es: 'Limitar con qué frecuencia puede pedir cada uno. Se guardan un hash con clave de quien se cuenta y números.',
  },
  covers: ['sec.limits.*'],
  keeps: {
    by: 'law',
    ms: 2 * 3_600_000,
    from: { en: 'the last request', es: 'la última petición' },
    source: 'src/edge/rates.ts',
  },
  ends: ['row'],
} satisfies Rule;
