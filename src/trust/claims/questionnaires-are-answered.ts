import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TRU-07'],
  group: 'trust',
  kind: 'roadmap',
  say: {
    en: 'Questionnaires about risk are answered from the controls on this page.',
    es: 'Los cuestionarios de riesgo se responden a partir de los controles de esta página.',
    pt: 'Questionários de risco são respondidos a partir dos controles desta página.',
    hi: 'जोखिम की प्रश्नावलियों के उत्तर इसी पृष्ठ के नियंत्रणों से दिए जाते हैं।',
  },
} satisfies Claim;
