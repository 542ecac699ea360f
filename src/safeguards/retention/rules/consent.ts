import type { Rule } from '../rule.ts';

export default {
  say: { en: 'What the business has agreed to', es: 'A qué ha dado su conformidad el negocio' },
  subject: 'business',
  purpose: {
    en: 'To use data of callers for what was agreed to and nothing else, and to be able to show who agreed and when.',
    es: 'Usar los datos de quienes llaman para lo acordado y nada más, y poder mostrar quién dio su conformidad y cuándo.',
  },
  covers: ['app.purposes.*'],
  keeps: {
    by: 'law',
    ms: 5 * 366 * 86_400_000,
    from: { en: 'the decision', es: 'la decisión' },
    atLeast: true,
    source: 'RET-08',
  },
  ends: ['row'],
} satisfies Rule;
