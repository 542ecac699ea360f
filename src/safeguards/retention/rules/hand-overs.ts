import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'To which system of the business a call was handed over, and when',
    es: 'A qué sistema del negocio se entregó una llamada, y cuándo',
  },
  subject: 'business',
  purpose: {
    en: 'To show why nothing of a call is left, and to hand none over twice.',
    es: 'Mostrar por qué no queda nada de una llamada, y no entregar ninguna dos veces.',
  },
  covers: ['app.hand_overs.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
