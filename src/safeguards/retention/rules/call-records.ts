import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'When calls were, how long, and how they ended',
    es: 'Cuándo fueron las llamadas, cuánto duraron y cómo terminaron',
    pt: 'Quando foram as chamadas, quanto duraram e como terminaram',
    hi: 'कॉल कब थीं, कितनी लंबी और कैसे समाप्त हुईं',
  },
  subject: 'business',
  purpose: {
    en: 'To count calls and waiting times, and to answer for what was done. Who called and what was said is not in it.',
    es: 'Contar llamadas y tiempos de espera, y responder de lo hecho. No consta quién llamó ni qué se dijo.',
    pt: 'Contar chamadas e tempos de espera e responder pelo que foi feito. Quem ligou e o que foi dito não está ali.',
    hi: 'कॉल और प्रतीक्षा समय गिनने और किए गए का उत्तर देने के लिए। किसने कॉल की और क्या कहा, यह इसमें नहीं है।',
  },
  covers: ['app.calls.*', 'app.call_decisions.*', 'app.turns.*', 'app.stream_tokens.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
