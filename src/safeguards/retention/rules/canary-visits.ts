import type { Rule } from '../rule.ts';

export default {
  say: { en: 'When the product rang itself', es: 'Cuándo se llamó el producto a sí mismo' },
  subject: 'installation',
  purpose: {
    en: 'To look, when the time of such a call is over, whether anything of it is left. Times, counts and ids; what was said is not among them.',
    es: 'Mirar, cuando acaba el plazo de una llamada así, si queda algo de ella. Horas, recuentos e identificadores; lo dicho no está entre ellos.',
  },
  covers: ['app.canary_visits.*'],
  keeps: {
    by: 'law',
    ms: 30 * 24 * 3_600_000,
    from: { en: 'the call', es: 'la llamada' },
    source: 'src/trust/canary-visits.ts',
  },
  ends: ['row'],
} satisfies Rule;
