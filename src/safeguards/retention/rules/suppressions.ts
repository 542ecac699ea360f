import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Numbers that must not be contacted', es: 'Números con los que no se debe contactar' },
  subject: 'caller',
  purpose: {
    en: 'To leave alone who asked for it, also after everything else of them was erased: only a keyed hash of the number is kept, and its key dies with the account.',
    es: 'Dejar en paz a quien lo pidió, también después de borrar todo lo demás suyo: solo se guarda un hash del número con clave, y esa clave muere con la cuenta.',
  },
  covers: ['app.suppressions.*'],
  keeps: {
    by: 'law',
    ms: 5 * 366 * 86_400_000,
    from: { en: 'when it was asked for', es: 'la petición' },
    atLeast: true,
    source: '47 CFR § 64.1200(d)(6), RET-08',
  },
  ends: ['key', 'row'],
} satisfies Rule;
