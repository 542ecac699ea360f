import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TRU-08'],
  group: 'trust',
  kind: 'attested',
  document: 'iso27001-certificate',
  say: {
    en: 'An ISO 27001 audit by a body outside stands in a document that lies here and is in date.',
    es: 'Una auditoría ISO 27001 de una entidad externa consta en un documento que está aquí y vigente.',
    pt: 'Uma auditoria ISO 27001 de uma entidade externa consta em um documento que está aqui e vigente.',
    hi: 'बाहरी संस्था का ISO 27001 ऑडिट यहाँ रखे दस्तावेज़ में है, जो मान्य है।',
  },
  otherwise: {
    en: 'There is no ISO 27001 document, so none is claimed.',
    es: 'No hay documento ISO 27001, así que no se alega ninguno.',
    pt: 'Não há documento ISO 27001, portanto nenhum é alegado.',
    hi: 'कोई ISO 27001 दस्तावेज़ नहीं है, इसलिए उसका दावा नहीं किया जाता।',
  },
} satisfies Claim;
