import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TEL-02'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'Calls come in through Twilio, through the own carrier of a business, or through a SIP gateway of ours.',
    es: 'Las llamadas entran por Twilio, por el operador propio de un negocio o por una pasarela SIP nuestra.',
    pt: 'As chamadas chegam pela Twilio, pela operadora da própria empresa ou por um gateway SIP nosso.',
    hi: 'कॉल Twilio से, व्यवसाय के अपने वाहक से या हमारे SIP गेटवे से आती हैं।',
  },
  missing: {
    en: 'Calls come in through Twilio and from the browser. Other carriers and SIP are missing.',
    es: 'Las llamadas entran por Twilio y desde el navegador. Faltan otros operadores y SIP.',
    pt: 'As chamadas chegam pela Twilio e pelo navegador. Faltam outras operadoras e SIP.',
    hi: 'कॉल Twilio से और ब्राउज़र से आती हैं। अन्य वाहक और SIP अभी नहीं हैं।',
  },
} satisfies Claim;
