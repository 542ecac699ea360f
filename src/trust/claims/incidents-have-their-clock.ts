import type { Claim } from '../claim.ts';

export default {
  fulfils: ['AUD-04'],
  group: 'audit',
  kind: 'roadmap',
  say: {
    en: 'An incident is worked on under a clock of 72 hours: what happened, whose data, what was done, who was told, and what was learnt.',
    es: 'Un incidente se trata con un reloj de 72 horas: qué pasó, de quién son los datos, qué se hizo, a quién se avisó y qué se aprendió.',
    pt: 'Um incidente é tratado com um relógio de 72 horas: o que houve, de quem são os dados, o que foi feito, quem foi avisado e o que se aprendeu.',
    hi: 'घटना पर 72 घंटे की घड़ी के साथ काम होता है: क्या हुआ, किसका डेटा, क्या किया गया, किसे बताया गया और क्या सीखा गया।',
  },
} satisfies Claim;
