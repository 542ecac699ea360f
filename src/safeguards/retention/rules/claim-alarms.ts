import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'That the operator was told of a promise that is not kept',
    es: 'Que se avisó al operador de una promesa que no se cumple',
    pt: 'Que o operador foi avisado de uma promessa que não é cumprida',
    hi: 'यह कि किसी वादे के टूटने की सूचना संचालक को दी गई',
  },
  subject: 'business',
  purpose: {
    en: 'To tell of each turn once, and of its end. Names of claims and times.',
    es: 'Avisar de cada cambio una sola vez, y de su final. Nombres de promesas y horas.',
    pt: 'Avisar de cada mudança uma só vez, e do seu fim. Nomes de promessas e horários.',
    hi: 'हर बदलाव और उसके अंत की सूचना एक ही बार देना। वादों के नाम और समय।',
  },
  covers: ['app.claim_alarms.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
