import type { Claim } from '../claim.ts';

export default {
  fulfils: ['BIL-01'],
  group: 'processors',
  kind: 'roadmap',
  say: {
    en: 'Subscriptions are paid at Stripe or Razorpay; no field for a card is on any page of ours.',
    es: 'Las suscripciones se pagan en Stripe o Razorpay; ninguna página nuestra tiene un campo para tarjetas.',
    pt: 'As assinaturas são pagas na Stripe ou na Razorpay; nenhuma página nossa tem campo de cartão.',
    hi: 'सदस्यता Stripe या Razorpay पर चुकाई जाती है; हमारे किसी पृष्ठ पर कार्ड का खाना नहीं है।',
  },
  missing: {
    en: 'Nothing is charged yet. That card numbers are stored nowhere is a promise of its own on this page.',
    es: 'Aún no se cobra nada. Que no se guarden números de tarjeta es otra promesa de esta página.',
    pt: 'Nada é cobrado ainda. Que números de cartão não são guardados é outra promessa desta página.',
    hi: 'अभी कोई शुल्क नहीं लिया जाता। कार्ड नंबर कहीं न रखना इस पृष्ठ का अलग वादा है।',
  },
} satisfies Claim;
