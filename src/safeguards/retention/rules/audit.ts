import type { Rule } from '../rule.ts';

export default {
  say: { en: 'The audit log', es: 'El registro de auditoría' },
  subject: 'installation',
  purpose: {
    en: 'To be able to show what was done, by which id, and when. The entries hold ids and fixed words; what is about a person lies sealed apart from them.',
    es: 'Poder mostrar qué se hizo, con qué id y cuándo. Las entradas contienen ids y palabras fijas; lo que trata de una persona está sellado aparte.',
  },
  covers: ['app.audit_entries.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'A record from which something can be taken away shows nothing (AUD-02, RET-08).',
      es: 'Un registro del que se puede quitar algo no demuestra nada (AUD-02, RET-08).',
    },
  },
  ends: [],
} satisfies Rule;
