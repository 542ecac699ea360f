import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Witnesses of the audit log',
    es: 'Testigos del registro de auditoría',
    pt: 'Testemunhas do registro de auditoria',
    hi: 'ऑडिट लॉग के साक्षी',
  },
  subject: 'business',
  purpose: {
    en: 'To have systems outside remember the heads of the log: where they are, their public keys, and what they answered last. No person is named.',
    es: 'Que sistemas de fuera recuerden las cabezas del registro: dónde están, sus claves públicas y lo último que respondieron. No se nombra a nadie.',
    pt: 'Fazer com que sistemas externos guardem os estados do registro: onde estão, suas chaves públicas e a última resposta. Nenhuma pessoa é nomeada.',
    hi: 'ताकि बाहर के सिस्टम लॉग की स्थितियाँ याद रखें: वे कहाँ हैं, उनकी सार्वजनिक कुंजियाँ और उनका अंतिम उत्तर। किसी व्यक्ति का नाम नहीं।',
  },
  covers: ['app.log_witnesses.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
