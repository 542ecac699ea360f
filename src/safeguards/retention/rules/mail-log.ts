import { mailLogKeptMs } from '#safeguards/notices';
import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'The log of mails to people who use the product',
    es: 'El registro de correos a quienes usan el producto',
    pt: 'O registro dos e-mails a quem usa o produto',
    hi: 'उत्पाद का उपयोग करने वालों को भेजे मेलों का लॉग',
  },
  subject: 'member',
  purpose: {
    en: 'To be able to say whether a mail was sent, to whom, about what and when. What it says is gone as soon as it has been sent.',
    es: 'Poder decir si se envió un correo, a quién, sobre qué y cuándo. Lo que dice desaparece en cuanto se ha enviado.',
    pt: 'Poder dizer se um e-mail foi enviado, para quem, sobre o quê e quando. O que ele diz some assim que é enviado.',
    hi: 'यह बता सकने के लिए कि मेल भेजा गया या नहीं, किसे, किस बारे में और कब। उसमें लिखा भेजते ही जाता है।',
  },
  covers: ['app.mails.*'],
  keeps: {
    by: 'law',
    ms: mailLogKeptMs,
    from: { en: 'when it was written', es: 'cuando se escribió', pt: 'quando foi escrito', hi: 'लिखे जाने' },
    source: 'RET-05',
  },
  ends: ['key', 'row'],
} satisfies Rule;
