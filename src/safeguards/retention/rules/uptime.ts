import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Whether and how fast this installation answered, and what was promised of it',
    es: 'Si esta instalación respondía y con qué rapidez, y lo prometido al respecto',
    pt: 'Se esta instalação respondia e com que rapidez, e o que foi prometido sobre isso',
    hi: 'यह इंस्टॉलेशन उत्तर दे रहा था या नहीं, कितनी तेज़ी से, और इसके बारे में क्या वादा था',
  },
  subject: 'installation',
  purpose: {
    en: 'To publish uptime and response times. Times and counts of a whole day; nothing of who asked.',
    es: 'Publicar la disponibilidad y los tiempos de respuesta. Horas y recuentos de un día entero; nada de quién preguntó.',
    pt: 'Publicar a disponibilidade e os tempos de resposta. Horários e contagens de um dia inteiro; nada de quem perguntou.',
    hi: 'उपलब्धता और उत्तर के समय प्रकाशित करना। पूरे दिन के समय और गिनतियाँ; किसने पूछा, इसका कुछ नहीं।',
  },
  covers: ['app.uptime_spans.*', 'app.response_days.*', 'app.commitments.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'Measurements end after 400 days; what was promised stays.',
      es: 'Las mediciones terminan a los 400 días; lo prometido permanece.',
      pt: 'As medições terminam depois de 400 dias; o que foi prometido permanece.',
      hi: 'माप 400 दिन बाद हट जाते हैं; जो वादा किया गया वह बना रहता है।',
    },
  },
  ends: ['row'],
} satisfies Rule;
