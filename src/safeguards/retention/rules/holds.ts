import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Legal holds', es: 'Retenciones legales' },
  subject: 'business',
  purpose: {
    en: 'To keep what a claim at law or a duty demands, for as long as two people have said, and to show who decided that and why. The number of a person goes when the hold is over, the reason a year later.',
    es: 'Conservar lo que exige una reclamación judicial o un deber, durante el tiempo que han dicho dos personas, y mostrar quién lo decidió y por qué. El número de una persona se borra cuando termina la retención; el motivo, un año después.',
  },
  covers: ['app.holds.*', 'app.held_items.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['key', 'value', 'row'],
} satisfies Rule;
