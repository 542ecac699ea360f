import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TRU-02'],
  group: 'trust',
  kind: 'declined',
  say: {
    en: 'We do not claim SOC 2, ISO 27001, HIPAA or any other report or seal beyond the documents in date that are listed here.',
    es: 'No alegamos SOC 2, ISO 27001, HIPAA ni ningún otro informe o sello más allá de los documentos vigentes que se enumeran aquí.',
    pt: 'Não alegamos SOC 2, ISO 27001, HIPAA nem qualquer outro relatório ou selo além dos documentos em vigor listados aqui.',
    hi: 'यहाँ सूचीबद्ध वैध अवधि वाले दस्तावेज़ों के अतिरिक्त हम SOC 2, ISO 27001, HIPAA या किसी अन्य रिपोर्ट अथवा मुहर का दावा नहीं करते।',
  },
  why: {
    en: 'Only somebody outside can say such a thing. Their dated report is listed here with its issuer, and is gone on the day it runs out; where none is listed, nobody has said it.',
    es: 'Solo alguien externo puede decir algo así. Su informe fechado figura aquí con su emisor y desaparece el día en que caduca; donde no figura ninguno, nadie lo ha dicho.',
    pt: 'Só alguém de fora pode dizer algo assim. O relatório datado consta aqui com o emissor e desaparece no dia em que vence; onde não consta nenhum, ninguém o disse.',
    hi: 'ऐसी बात केवल कोई बाहरी व्यक्ति कह सकता है। उसकी तिथि-युक्त रिपोर्ट जारीकर्ता सहित यहाँ दिखती है और समाप्ति के दिन हट जाती है; जहाँ कोई सूचीबद्ध नहीं, वहाँ किसी ने नहीं कहा।',
  },
} satisfies Claim;
