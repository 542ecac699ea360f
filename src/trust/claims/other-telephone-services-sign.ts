import type { Claim } from '../claim.ts';

export default {
  fulfils: ['INT-03'],
  group: 'edge',
  kind: 'roadmap',
  say: {
    en: 'Webhooks of Dialpad, RingCentral and Vonage are checked by the signature scheme of each.',
    es: 'Los webhooks de Dialpad, RingCentral y Vonage se comprueban con el esquema de firma de cada uno.',
    pt: 'Webhooks de Dialpad, RingCentral e Vonage são verificados pelo esquema de assinatura de cada um.',
    hi: 'Dialpad, RingCentral और Vonage के वेबहुक हर एक की अपनी हस्ताक्षर पद्धति से जाँचे जाते हैं।',
  },
} satisfies Claim;
