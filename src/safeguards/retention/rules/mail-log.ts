import { mailLogKeptMs } from '#safeguards/notices';
import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'The log of mails to people who use the product',
    es: 'El registro de correos a quienes usan el producto',
  },
  subject: 'member',
  purpose: {
    en: 'To be able to say whether a mail was sent, to whom, about what and when. What it says is gone as soon as it has been sent.',
    es: 'Poder decir si se envió un correo, a quién, sobre qué y cuándo. Lo que dice desaparece en cuanto se ha enviado.',
  },
  covers: ['app.mails.*'],
  keeps: {
    by: 'law',
    ms: mailLogKeptMs,
    from: { en: 'when it was written', es: 'cuando se escribió' },
    source: 'RET-05',
  },
  ends: ['key', 'row'],
} satisfies Rule;
