import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'News for open pages',
    es: 'Novedades para las páginas abiertas',
    pt: 'Novidades para páginas abertas',
    hi: 'खुले पृष्ठों के लिए समाचार',
  },
  subject: 'installation',
  purpose: {
    en: 'To tell pages that are open what has changed: ids and nothing but ids. This is all that ever waits between processes; there is no queue of jobs.',
    es: 'Decir a las páginas abiertas qué ha cambiado: ids y nada más que ids. Es lo único que espera entre procesos; no hay cola de trabajos.',
    pt: 'Dizer às páginas abertas o que mudou: ids e nada além de ids. É tudo o que espera entre processos; não há fila de tarefas.',
    hi: 'खुले पृष्ठों को बताने के लिए कि क्या बदला: केवल आईडी। प्रक्रियाओं के बीच बस यही रुकता है; कामों की कोई कतार नहीं।',
  },
  covers: [
    'postgres:notifications',
    'cache:app/events/hub',
    'cache:app/events/seat',
    'cache:database/board',
    'cache:database/untold',
  ],
  keeps: {
    by: 'moment',
    until: {
      en: 'being told; the newest 500 stay for who comes back',
      es: 'que se cuentan; quedan las 500 más recientes para quien vuelve',
      pt: 'serem contadas; as 500 mais novas ficam para quem volta',
      hi: 'बताए जाने (नवीनतम 500 लौटने वाले के लिए रहते हैं)',
    },
  },
  ends: ['memory'],
} satisfies Rule;
