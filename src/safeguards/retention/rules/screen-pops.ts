import type { Rule } from '../rule.ts';

/** Nothing looks a caller up elsewhere yet: it covers nothing, and whatever does so first is held to this. */
export default {
  say: {
    en: 'What is looked up about a caller to be shown while it rings',
    es: 'Lo que se busca de quien llama para mostrarlo mientras suena',
  },
  subject: 'caller',
  purpose: {
    en: 'To show whoever answers who is calling, as long as they are about to answer.',
    es: 'Mostrar a quien atiende quién llama, mientras está por atender.',
  },
  covers: [],
  keeps: { by: 'law', ms: 5 * 60_000, from: { en: 'the look-up', es: 'la búsqueda' }, source: 'TEL-11' },
  ends: ['memory'],
} satisfies Rule;
