import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'What the business has agreed to',
    es: 'A qué ha dado su conformidad el negocio',
    pt: 'Aquilo com que a empresa concordou',
    hi: 'व्यवसाय ने किस पर सहमति दी है',
  },
  subject: 'business',
  purpose: {
    en: 'To use data of callers for what was agreed to and nothing else, and to be able to show who agreed and when.',
    es: 'Usar los datos de quienes llaman para lo acordado y nada más, y poder mostrar quién dio su conformidad y cuándo.',
    pt: 'Usar os dados de quem liga para o que foi acordado e nada mais, e poder mostrar quem concordou e quando.',
    hi: 'कॉल करने वालों का डेटा केवल सहमत काम में लेने और यह दिखा सकने के लिए कि किसने कब सहमति दी।',
  },
  covers: ['app.purposes.*'],
  keeps: {
    by: 'law',
    ms: 5 * 366 * 86_400_000,
    from: { en: 'the decision', es: 'la decisión', pt: 'a decisão', hi: 'निर्णय' },
    atLeast: true,
    source: 'RET-08',
  },
  ends: ['row'],
} satisfies Rule;
