import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'When the product rang itself',
    es: 'Cuándo se llamó el producto a sí mismo',
    pt: 'Quando o produto ligou para si mesmo',
    hi: 'उत्पाद ने स्वयं को कब कॉल की',
  },
  subject: 'installation',
  purpose: {
    en: 'To look, when the time of such a call is over, whether anything of it is left. Times, counts and ids; what was said is not among them.',
    es: 'Mirar, cuando acaba el plazo de una llamada así, si queda algo de ella. Horas, recuentos e identificadores; lo dicho no está entre ellos.',
    pt: 'Olhar, quando o prazo de uma dessas chamadas termina, se resta algo dela. Horários, contagens e ids; o que foi dito não está entre eles.',
    hi: 'ऐसी कॉल का समय बीतने पर देखने के लिए कि उसका कुछ बचा है या नहीं। समय, गिनती और आईडी; जो कहा गया वह इनमें नहीं।',
  },
  covers: ['app.canary_visits.*'],
  keeps: {
    by: 'law',
    ms: 30 * 24 * 3_600_000,
    from: { en: 'the call', es: 'la llamada', pt: 'a chamada', hi: 'कॉल' },
    source: 'src/trust/canary-visits.ts',
  },
  ends: ['row'],
} satisfies Rule;
