import type { Claim } from '../claim.ts';

export default {
  fulfils: ['MSG-05'],
  group: 'keeping',
  kind: 'roadmap',
  say: {
    en: 'Consent to text messages is recorded with what was agreed, when, how and by whom, and kept for five years at least.',
    es: 'El consentimiento a mensajes de texto se registra con qué se aceptó, cuándo, cómo y por quién, y se guarda al menos cinco años.',
    pt: 'O consentimento para mensagens de texto é registrado com o que foi aceito, quando, como e por quem, e guardado por pelo menos cinco anos.',
    hi: 'टेक्स्ट संदेशों की सहमति दर्ज होती है: किस बात पर, कब, कैसे और किसने दी, और कम से कम पाँच वर्ष रखी जाती है।',
  },
} satisfies Claim;
