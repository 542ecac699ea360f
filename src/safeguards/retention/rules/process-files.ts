import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Files by which processes find each other',
    es: 'Archivos con los que los procesos se encuentran',
    pt: 'Arquivos pelos quais os processos se encontram',
    hi: 'फ़ाइलें जिनसे प्रक्रियाएँ एक-दूसरे को पाती हैं',
  },
  subject: 'installation',
  purpose: {
    en: 'To start the database once, and to find the process that carries live audio again after a restart. Locks, sockets, the words by which they know each other.',
    es: 'Arrancar la base de datos una sola vez y reencontrar tras un reinicio el proceso que lleva el audio en directo. Bloqueos, sockets y las palabras con que se reconocen.',
    pt: 'Iniciar o banco uma só vez e reencontrar, depois de reiniciar, o processo que leva o áudio ao vivo. Travas, sockets, as palavras pelas quais se reconhecem.',
    hi: 'डेटाबेस को एक ही बार शुरू करने और पुनः आरंभ के बाद सजीव आवाज़ वाली प्रक्रिया को फिर पाने के लिए। ताले, सॉकेट और वे शब्द जिनसे वे एक-दूसरे को पहचानती हैं।',
  },
  covers: ['file:postgres.start.lock', 'file:postgres.use.lock', 'file:postgres.runtime', 'file:line'],
  keeps: {
    by: 'moment',
    until: {
      en: 'the end of the process that left them',
      es: 'el fin del proceso que los dejó',
      pt: 'o fim do processo que os deixou',
      hi: 'छोड़ने वाली प्रक्रिया के अंत',
    },
  },
  ends: ['object'],
} satisfies Rule;
