import type { Claim } from '../claim.ts';

export default {
  fulfils: ['RET-12'],
  group: 'keeping',
  kind: 'roadmap',
  say: {
    en: 'Anybody can ask on a public page for their data or its deletion; the deadline of their law is counted, and the answer is confirmed by mail.',
    es: 'Cualquiera puede pedir en una página pública sus datos o su borrado; se cuenta el plazo de su ley y la respuesta se confirma por correo.',
    pt: 'Qualquer pessoa pode pedir em uma página pública os seus dados ou a exclusão deles; o prazo da lei é contado e a resposta é confirmada por e-mail.',
    hi: 'कोई भी सार्वजनिक पृष्ठ पर अपना डेटा या उसका विलोपन माँग सकता है; उसके कानून की समय-सीमा गिनी जाती है और उत्तर की पुष्टि मेल से होती है।',
  },
  missing: {
    en: 'A business can erase a person at once, and gets a signed record of it. The public page and the deadlines are missing.',
    es: 'Un negocio puede borrar a una persona al momento y recibe una constancia firmada. Faltan la página pública y los plazos.',
    pt: 'Uma empresa pode apagar uma pessoa na hora e recebe um registro assinado. Faltam a página pública e os prazos.',
    hi: 'व्यवसाय किसी व्यक्ति को तुरंत मिटा सकता है और उसका हस्ताक्षरित अभिलेख पाता है। सार्वजनिक पृष्ठ और समय-सीमाएँ अभी नहीं हैं।',
  },
} satisfies Claim;
