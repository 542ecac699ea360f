import type { Claim } from '../claim.ts';

export default {
  fulfils: ['RES-01'],
  group: 'processors',
  kind: 'roadmap',
  say: {
    en: 'The data of an account stays in its region; others hold only what lives for a moment.',
    es: 'Los datos de una cuenta se quedan en su región; las demás solo tienen lo que vive un momento.',
    pt: 'Os dados de uma conta ficam na sua região; as outras só têm o que vive um instante.',
    hi: 'खाते का डेटा उसके क्षेत्र में रहता है; अन्य क्षेत्रों में केवल क्षण भर का डेटा रहता है।',
  },
  missing: {
    en: 'Everything of an installation lies where its operator runs it. Several regions of one installation are missing.',
    es: 'Todo lo de una instalación está donde la ejecuta su operador. Faltan varias regiones en una misma instalación.',
    pt: 'Tudo de uma instalação fica onde o operador a executa. Faltam várias regiões em uma mesma instalação.',
    hi: 'इंस्टॉलेशन का सब कुछ वहीं है जहाँ संचालक उसे चलाता है। एक इंस्टॉलेशन में कई क्षेत्र अभी नहीं हैं।',
  },
} satisfies Claim;
