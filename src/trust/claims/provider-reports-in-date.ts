import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TRU-08'],
  group: 'trust',
  kind: 'attested',
  document: 'provider-report',
  say: {
    en: 'A report of an auditor about a provider of ours lies here and is in date.',
    es: 'Hay aquí un informe de auditoría sobre un proveedor nuestro, y está vigente.',
    pt: 'Há aqui um relatório de auditoria sobre um fornecedor nosso, e está vigente.',
    hi: 'हमारे किसी प्रदाता के बारे में लेखा परीक्षक की रिपोर्ट यहाँ है और मान्य है।',
  },
  otherwise: {
    en: 'There is no report of an auditor about a provider, so none is claimed.',
    es: 'No hay informe de auditoría sobre un proveedor, así que no se alega ninguno.',
    pt: 'Não há relatório de auditoria sobre um fornecedor, portanto nenhum é alegado.',
    hi: 'किसी प्रदाता पर लेखा परीक्षक की कोई रिपोर्ट नहीं है, इसलिए उसका दावा नहीं किया जाता।',
  },
} satisfies Claim;
