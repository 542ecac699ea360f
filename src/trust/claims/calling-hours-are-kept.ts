import type { Claim } from '../claim.ts';

export default {
  fulfils: ['OUT-02'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'Nobody is called or texted outside of the hours of the place where they are; what comes too early or too late is held.',
    es: 'A nadie se le llama ni escribe fuera del horario del lugar donde está; lo que llega demasiado pronto o tarde se retiene.',
    pt: 'Ninguém recebe chamada ou mensagem fora do horário do lugar onde está; o que vem cedo ou tarde demais fica retido.',
    hi: 'किसी को उसके स्थान के समय के बाहर कॉल या संदेश नहीं जाता; जो बहुत जल्दी या देर से हो वह रोक लिया जाता है।',
  },
} satisfies Claim;
