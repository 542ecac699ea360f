import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'To which system of the business a call was handed over, and when',
    es: 'A qué sistema del negocio se entregó una llamada, y cuándo',
    pt: 'A qual sistema da empresa uma chamada foi entregue, e quando',
    hi: 'कॉल व्यवसाय के किस तंत्र को और कब सौंपी गई',
  },
  subject: 'business',
  purpose: {
    en: 'To show why nothing of a call is left, and to hand none over twice.',
    es: 'Mostrar por qué no queda nada de una llamada, y no entregar ninguna dos veces.',
    pt: 'Mostrar por que nada resta de uma chamada e não entregar nenhuma duas vezes.',
    hi: 'यह दिखाने के लिए कि कॉल का कुछ क्यों नहीं बचा, और किसी को दो बार न सौंपने के लिए।',
  },
  covers: ['app.hand_overs.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
