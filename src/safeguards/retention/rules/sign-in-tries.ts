import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Attempts at signing in', es: 'Intentos de entrada', pt: 'Tentativas de entrada', hi: 'प्रवेश के प्रयास' },
  subject: 'member',
  purpose: {
    en: 'To stop guessing. Kept are keyed hashes and counts, no address.',
    es: 'Impedir que se adivine. Se guardan hashes con clave y recuentos, ninguna dirección.',
    pt: 'Impedir adivinhações. Guardam-se hashes com chave e contagens, nenhum endereço.',
    hi: 'अनुमान रोकने के लिए। कुंजीबद्ध हैश और गिनती रखी जाती है, कोई पता नहीं।',
  },
  covers: ['app.pending_sign_ins.*', 'app.sign_in_tries.*', 'app.passkey_challenges.*'],
  keeps: {
    by: 'law',
    ms: 86_400_000,
    from: { en: 'the last failure', es: 'el último fallo', pt: 'a última falha', hi: 'अंतिम विफलता' },
    source: 'ACC-03',
  },
  ends: ['row'],
} satisfies Rule;
