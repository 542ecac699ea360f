import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TEL-07'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'The assistant makes calls itself, one by one and in campaigns.',
    es: 'El asistente hace llamadas por sí mismo, una a una y en campañas.',
    pt: 'O assistente faz chamadas por conta própria, uma a uma e em campanhas.',
    hi: 'सहायक स्वयं कॉल करता है, एक-एक करके और अभियानों में।',
  },
} satisfies Claim;
