import type { Rule } from '../rule.ts';

export default {
  say: { en: 'What the checks of this program found', es: 'Lo que encontraron las comprobaciones de este programa' },
  subject: 'installation',
  purpose: {
    en: 'To show since when each promise has been kept or broken. Fixed words, counts and names of tables.',
    es: 'Mostrar desde cuándo se cumple o se incumple cada promesa. Palabras fijas, recuentos y nombres de tablas.',
  },
  covers: ['app.evidence.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'The newest 200 looks of each claim stay, and of older ones those at which something changed.',
      es: 'Quedan las 200 miradas más recientes de cada promesa y, de las anteriores, aquellas en las que algo cambió.',
    },
  },
  ends: [],
} satisfies Rule;
