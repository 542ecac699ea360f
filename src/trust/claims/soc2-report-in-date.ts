import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TRU-08'],
  group: 'trust',
  kind: 'attested',
  document: 'soc2-report',
  say: {
    en: 'A SOC 2 report by an outside auditor lies here and is in date.',
    es: 'Hay aquí un informe SOC 2 de un auditor externo, y está vigente.',
    pt: 'Há aqui um relatório SOC 2 de um auditor externo, e está vigente.',
    hi: 'बाहरी लेखा परीक्षक की SOC 2 रिपोर्ट यहाँ है और मान्य है।',
  },
  otherwise: {
    en: 'There is no SOC 2 report, so none is claimed.',
    es: 'No hay informe SOC 2, así que no se alega ninguno.',
    pt: 'Não há relatório SOC 2, portanto nenhum é alegado.',
    hi: 'कोई SOC 2 रिपोर्ट नहीं है, इसलिए उसका दावा नहीं किया जाता।',
  },
} satisfies Claim;
