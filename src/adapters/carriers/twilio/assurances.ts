import type { Baa, Certification } from '#base';

/** What Twilio says of agreements under HIPAA (its documentation, read in November 2026). */
export const twilioBaa: Baa = {
  offered: 'yes',
  when: {
    en: 'With the Security or Enterprise Edition, once signed with Twilio and for accounts marked for it; only for its eligible services',
    es: 'Con la edición Security o Enterprise, una vez firmado con Twilio y en cuentas marcadas para ello; solo para sus servicios admitidos',
    pt: 'Com a edição Security ou Enterprise, depois de assinado com a Twilio e em contas marcadas para isso; só para os serviços elegíveis',
    hi: 'Security या Enterprise संस्करण के साथ, Twilio से हस्ताक्षर होने पर और उसके लिए चिह्नित खातों में; केवल पात्र सेवाओं के लिए',
  },
  source: 'https://www.twilio.com/docs/iam/twilio-editions/hippa.md',
  verified: true,
};

const safeguards =
  'https://support.twilio.com/hc/en-us/articles/360051805394-Measures-Twilio-Takes-to-Safeguard-the-Privacy-of-Customer-Personal-Data';

/** In Twilio's own words there; its certificates and their dates are shown to customers at security.twilio.com alone. */
export const twilioCertifications: readonly Certification[] = [
  { name: 'SOC 2 Type II (Programmable Voice)', by: 'Twilio', source: safeguards, verified: true },
  { name: 'ISO/IEC 27018', by: 'Twilio', source: safeguards, verified: true },
  { name: 'ISO/IEC 27001', by: 'Twilio', source: 'https://security.twilio.com/', verified: false },
];
