import type { Claim } from '../claim.ts';

export default {
  fulfils: ['INT-08'],
  group: 'isolation',
  kind: 'roadmap',
  say: {
    en: 'Documents that a business gives the assistant to learn from lie in a collection of its own, and what was computed from them goes with them.',
    es: 'Los documentos que un negocio da al asistente para aprender están en una colección propia, y lo calculado a partir de ellos se va con ellos.',
    pt: 'Os documentos que uma empresa dá ao assistente para aprender ficam em uma coleção própria, e o que foi calculado deles vai embora com eles.',
    hi: 'सहायक के सीखने के लिए व्यवसाय के दिए दस्तावेज़ उसके अपने संग्रह में रहते हैं, और उनसे गणना किया हुआ उन्हीं के साथ मिटता है।',
  },
} satisfies Claim;
