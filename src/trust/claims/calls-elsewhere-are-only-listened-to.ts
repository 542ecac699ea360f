import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TEL-10'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'Calls that are handled in Dialpad, RingCentral or Vonage are followed by their webhooks; recordings stay there and are never fetched.',
    es: 'Las llamadas atendidas en Dialpad, RingCentral o Vonage se siguen por sus webhooks; las grabaciones se quedan allí y nunca se descargan.',
    pt: 'Chamadas atendidas em Dialpad, RingCentral ou Vonage são acompanhadas pelos webhooks; as gravações ficam lá e nunca são buscadas.',
    hi: 'Dialpad, RingCentral या Vonage में सँभाली गई कॉल उनके वेबहुक से देखी जाती हैं; रिकॉर्डिंग वहीं रहती हैं और कभी नहीं लाई जातीं।',
  },
} satisfies Claim;
