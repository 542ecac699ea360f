import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'What the checks of this program found',
    es: 'Lo que encontraron las comprobaciones de este programa',
    pt: 'O que as verificações deste programa encontraram',
    hi: 'इस प्रोग्राम की जाँचों में क्या मिला',
  },
  subject: 'installation',
  purpose: {
    en: 'To show since when each promise has been kept or broken. Fixed words, counts, names of tables, opaque ids.',
    es: 'Mostrar desde cuándo se cumple o se incumple cada promesa. Palabras fijas, recuentos, nombres de tablas, ids opacos.',
    pt: 'Mostrar desde quando cada promessa é mantida ou quebrada. Palavras fixas, contagens, nomes de tabelas, ids opacos.',
    hi: 'यह दिखाने के लिए कि हर वादा कब से निभाया या टूटा है। निश्चित शब्द, गिनती, तालिकाओं के नाम, अपारदर्शी आईडी।',
  },
  covers: ['app.evidence.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'The newest 200 looks of each claim stay, and of older ones those at which something changed.',
      es: 'Quedan las 200 miradas más recientes de cada promesa y, de las anteriores, aquellas en las que algo cambió.',
      pt: 'Ficam as 200 verificações mais novas de cada promessa e, das mais antigas, aquelas em que algo mudou.',
      hi: 'हर वादे की 200 नवीनतम जाँचें रहती हैं, और पुरानी में से वे जिनमें कुछ बदला।',
    },
  },
  ends: [],
} satisfies Rule;
