import type { Claim } from '../claim.ts';

export default {
  fulfils: ['BIL-02'],
  group: 'keeping',
  kind: 'roadmap',
  say: {
    en: 'What is known for billing lies apart from what is said in calls.',
    es: 'Lo que se sabe para facturar está separado de lo que se dice en las llamadas.',
    pt: 'O que se sabe para cobrança fica separado do que se diz nas chamadas.',
    hi: 'बिलिंग के लिए जो ज्ञात है, वह कॉल में कही बातों से अलग रहता है।',
  },
} satisfies Claim;
