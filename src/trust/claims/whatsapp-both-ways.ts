import type { Claim } from '../claim.ts';

export default {
  fulfils: ['MSG-02'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'WhatsApp messages come and go, through Twilio and through Meta.',
    es: 'Los mensajes de WhatsApp entran y salen, por Twilio y por Meta.',
    pt: 'Mensagens de WhatsApp entram e saem, pela Twilio e pela Meta.',
    hi: 'WhatsApp संदेश आते-जाते हैं, Twilio से और Meta से।',
  },
} satisfies Claim;
