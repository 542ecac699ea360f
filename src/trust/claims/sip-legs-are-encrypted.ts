import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TEL-06', 'OURS-17'],
  group: 'encryption',
  kind: 'roadmap',
  say: {
    en: 'SIP calls come over TLS and SRTP, and each carries the evidence of it; a plain leg is refused unless its carrier is marked as old, which stands on this page.',
    es: 'Las llamadas SIP llegan por TLS y SRTP y cada una lleva su prueba; un tramo sin cifrar se rechaza salvo que su operador esté marcado como antiguo, lo que consta en esta página.',
    pt: 'As chamadas SIP chegam por TLS e SRTP e cada uma traz a prova disso; um trecho sem cifra é recusado, a não ser que a operadora esteja marcada como antiga, o que consta nesta página.',
    hi: 'SIP कॉल TLS और SRTP से आती हैं और हर एक अपना साक्ष्य रखती है; बिना एन्क्रिप्शन का हिस्सा अस्वीकार होता है, जब तक वाहक पुराना चिह्नित न हो, और वह इस पृष्ठ पर लिखा होता है।',
  },
} satisfies Claim;
