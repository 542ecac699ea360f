import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TRU-06'],
  group: 'trust',
  kind: 'roadmap',
  say: {
    en: 'Contracts on data processing, health data and service levels are offered by plan, signed and kept in their versions.',
    es: 'Los contratos de tratamiento de datos, de datos de salud y de niveles de servicio se ofrecen por plan, se firman y se guardan por versiones.',
    pt: 'Contratos de tratamento de dados, de dados de saúde e de níveis de serviço são oferecidos por plano, assinados e guardados em suas versões.',
    hi: 'डेटा प्रसंस्करण, स्वास्थ्य डेटा और सेवा स्तर के अनुबंध योजना के अनुसार दिए जाते हैं, हस्ताक्षरित होते हैं और संस्करणों में रखे जाते हैं।',
  },
} satisfies Claim;
