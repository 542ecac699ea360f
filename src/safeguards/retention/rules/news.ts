import type { Rule } from '../rule.ts';

export default {
  say: { en: 'News for open pages', es: 'Novedades para las páginas abiertas' },
  subject: 'installation',
  purpose: {
    en: 'To tell pages that are open what has changed: ids and nothing but ids. This is all that ever waits between processes; there is no queue of jobs.',
    es: 'Decir a las páginas abiertas qué ha cambiado: ids y nada más que ids. Es lo único que espera entre procesos; no hay cola de trabajos.',
  },
  covers: [
    'postgres:notifications',
    'cache:app/events/hub',
    'cache:app/events/seat',
    'cache:database/board',
    'cache:database/untold',
  ],
  keeps: {
    by: 'moment',
    until: {
      en: 'being told; the newest 500 stay for who comes back',
      es: 'que se cuentan; quedan las 500 más recientes para quien vuelve',
    },
  },
  ends: ['memory'],
} satisfies Rule;
