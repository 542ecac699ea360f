import type { Claim } from '../claim.ts';

export default {
  fulfils: ['MSG-04'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'A business that is not registered for 10DLC sends no campaign messages in the United States.',
    es: 'Un negocio que no está registrado en 10DLC no envía mensajes de campaña en Estados Unidos.',
    pt: 'Uma empresa que não está registrada no 10DLC não envia mensagens de campanha nos Estados Unidos.',
    hi: 'जो व्यवसाय 10DLC में पंजीकृत नहीं, वह संयुक्त राज्य में अभियान संदेश नहीं भेजता।',
  },
} satisfies Claim;
