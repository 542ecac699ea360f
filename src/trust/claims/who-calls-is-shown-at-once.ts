import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TEL-11'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'Within three seconds of the ring, whoever answers sees who is calling, and five minutes later that is gone.',
    es: 'A los tres segundos de sonar, quien responde ve quién llama, y cinco minutos después eso ya no está.',
    pt: 'Em até três segundos do toque, quem atende vê quem está ligando, e cinco minutos depois isso desaparece.',
    hi: 'घंटी बजने के तीन सेकंड में उत्तर देने वाला देखता है कि कौन कॉल कर रहा है, और पाँच मिनट बाद वह जानकारी मिट जाती है।',
  },
} satisfies Claim;
