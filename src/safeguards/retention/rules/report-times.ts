import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'When weaknesses were reported and dealt with, and how severe they were',
    es: 'Cuándo se comunicaron y trataron vulnerabilidades, y su gravedad',
    pt: 'Quando vulnerabilidades foram relatadas e tratadas, e sua gravidade',
    hi: 'कमज़ोरियाँ कब बताई गईं और सुलझाई गईं, और वे कितनी गंभीर थीं',
  },
  subject: 'installation',
  purpose: {
    en: 'To show whether the promises to those who report were kept. Times, fixed words and hashes of receipts.',
    es: 'Mostrar si se cumplieron las promesas a quienes avisan. Horas, palabras fijas y hashes de resguardos.',
    pt: 'Mostrar se as promessas a quem relata foram cumpridas. Horários, palavras fixas e hashes de comprovantes.',
    hi: 'यह दिखाना कि बताने वालों से किए वादे निभाए गए या नहीं। समय, तय शब्द और रसीदों के हैश।',
  },
  covers: ['app.vulnerability_reports.*', 'app.report_clocks.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'What was promised and what was kept does not lapse. Nothing of it is about a person.',
      es: 'Lo prometido y lo cumplido no prescribe. Nada de ello trata de una persona.',
      pt: 'O que foi prometido e o que foi cumprido não prescreve. Nada disso é sobre uma pessoa.',
      hi: 'क्या वादा किया गया और क्या निभाया गया, यह मिटता नहीं। इसमें किसी व्यक्ति के बारे में कुछ नहीं है।',
    },
  },
  ends: [],
} satisfies Rule;
