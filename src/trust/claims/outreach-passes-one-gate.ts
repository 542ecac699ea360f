import type { Claim } from '../claim.ts';

export default {
  fulfils: ['OUT-03', 'OURS-05'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'Whatever goes out to people passes one gate, which keeps its decision with the reasons; carriers take nothing without its permit.',
    es: 'Todo lo que sale hacia personas pasa por una sola puerta, que guarda su decisión con los motivos; los operadores no aceptan nada sin su permiso.',
    pt: 'Tudo o que sai para pessoas passa por uma só porta, que guarda a decisão com os motivos; as operadoras não aceitam nada sem a permissão dela.',
    hi: 'लोगों तक जाने वाला सब कुछ एक ही द्वार से गुज़रता है, जो निर्णय और कारण रखता है; उसकी अनुमति के बिना वाहक कुछ स्वीकार नहीं करते।',
  },
} satisfies Claim;
