import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TRU-08'],
  group: 'trust',
  kind: 'attested',
  document: 'penetration-test',
  say: {
    en: 'A penetration test by somebody outside lies here and is in date.',
    es: 'Hay aquí una prueba de intrusión hecha por alguien externo, y está vigente.',
    pt: 'Há aqui um teste de intrusão feito por alguém de fora, e está vigente.',
    hi: 'बाहरी पक्ष के पैठ परीक्षण की रिपोर्ट यहाँ है और मान्य है।',
  },
  otherwise: {
    en: 'There is no penetration test by somebody outside, so none is claimed.',
    es: 'No hay prueba de intrusión hecha por alguien externo, así que no se alega ninguna.',
    pt: 'Não há teste de intrusão feito por alguém de fora, portanto nenhum é alegado.',
    hi: 'बाहरी पक्ष का कोई पैठ परीक्षण नहीं है, इसलिए उसका दावा नहीं किया जाता।',
  },
} satisfies Claim;
