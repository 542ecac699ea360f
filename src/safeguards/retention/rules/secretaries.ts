import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Secretaries and their telephone lines',
    es: 'Secretarias y sus líneas telefónicas',
    pt: 'Secretárias e suas linhas telefônicas',
    hi: 'सचिव और उनकी टेलीफ़ोन लाइनें',
  },
  subject: 'business',
  purpose: {
    en: 'To answer calls as the business wants: greeting, opening hours, answers about the business, who is called when a person is asked for.',
    es: 'Atender las llamadas como quiere el negocio: saludo, horario, respuestas sobre el negocio, a quién se llama cuando alguien pide hablar con una persona.',
    pt: 'Atender chamadas como a empresa quer: saudação, horários, respostas sobre a empresa, quem é chamado quando se pede uma pessoa.',
    hi: 'व्यवसाय की इच्छा के अनुसार कॉल उठाने के लिए: अभिवादन, खुलने का समय, व्यवसाय के उत्तर, और व्यक्ति माँगने पर किसे बुलाया जाए।',
  },
  covers: ['app.agents.*', 'app.lines.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
