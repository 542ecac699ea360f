import type { Rule } from '../rule.ts';

/** No outside calendar is read yet: it covers nothing, and whatever reads one first is held to this. */
export default {
  say: { en: 'Copies from calendars of the business elsewhere', es: 'Copias de calendarios externos del negocio' },
  subject: 'business',
  purpose: {
    en: 'To know free times without asking the calendar at every word of a call.',
    es: 'Conocer las horas libres sin preguntar al calendario a cada palabra de una llamada.',
  },
  covers: [],
  keeps: { by: 'law', ms: 24 * 3_600_000, from: { en: 'the copy', es: 'la copia' }, source: 'INT-04' },
  ends: ['memory'],
} satisfies Rule;
