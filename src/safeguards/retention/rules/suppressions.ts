import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Numbers that must not be contacted',
    es: 'Números con los que no se debe contactar',
    pt: 'Números que não devem ser contatados',
    hi: 'नंबर जिनसे संपर्क नहीं करना है',
  },
  subject: 'caller',
  purpose: {
    en: 'To leave alone who asked for it, also after everything else of them was erased: only a keyed hash of the number is kept, and its key dies with the account.',
    es: 'Dejar en paz a quien lo pidió, también después de borrar todo lo demás suyo: solo se guarda un hash del número con clave, y esa clave muere con la cuenta.',
    pt: 'Deixar em paz quem pediu, também depois que tudo o mais dessa pessoa foi apagado: guarda-se apenas um hash com chave do número, e a chave morre com a conta.',
    hi: 'जिसने कहा उसे न छेड़ने के लिए, उसका बाकी सब मिटने के बाद भी: नंबर का केवल कुंजीबद्ध हैश रखा जाता है, और उसकी कुंजी खाते के साथ नष्ट होती है।',
  },
  covers: ['app.suppressions.*'],
  keeps: {
    by: 'law',
    ms: 5 * 366 * 86_400_000,
    from: { en: 'when it was asked for', es: 'la petición', pt: 'quando foi pedido', hi: 'माँगे जाने' },
    atLeast: true,
    source: '47 CFR § 64.1200(d)(6), RET-08',
  },
  ends: ['key', 'row'],
} satisfies Rule;
