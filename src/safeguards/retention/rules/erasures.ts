import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Erasures and their certificates', es: 'Supresiones y sus certificados' },
  subject: 'business',
  purpose: {
    en: 'To finish what somebody asked to have erased, to show that it was, and to notice if any of it came back from a backup. Ids, times, counts and keyed hashes; nothing of the person.',
    es: 'Terminar lo que alguien pidió suprimir, demostrar que se hizo y notar si algo volviera de una copia de seguridad. Ids, horas, recuentos y hashes con clave; nada de la persona.',
  },
  covers: ['app.erasures.*', 'app.erasure_targets.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
