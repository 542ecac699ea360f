import type { Rule } from '../rule.ts';

export default {
  say: { en: 'The account of the business', es: 'La cuenta del negocio' },
  subject: 'business',
  purpose: {
    en: 'To know for whom calls are answered, in which language, time zone and jurisdiction, and how long the business wants things kept.',
    es: 'Saber para quién se atienden las llamadas, en qué idioma, huso horario y jurisdicción, y cuánto tiempo quiere el negocio que se guarden las cosas.',
  },
  covers: ['app.organisations.*', 'app.setup_lists.*', 'app.keepings.*'],
  keeps: {
    by: 'law',
    ms: 30 * 86_400_000,
    from: { en: 'the closure of the account', es: 'el cierre de la cuenta' },
    source: 'RET-04',
  },
  ends: ['key', 'row'],
} satisfies Rule;
