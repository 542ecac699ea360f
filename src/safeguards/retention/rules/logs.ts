import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Logs', es: 'Registros de funcionamiento', pt: 'Logs', hi: 'लॉग' },
  subject: 'installation',
  purpose: {
    en: 'To see what the program does: fixed events with ids and numbers, without a word of anybody. Sotto keeps no log; whoever runs it decides where its output goes. PostgreSQL writes starts, stops and crashes, no statements, and its file is kept small.',
    es: 'Ver qué hace el programa: sucesos fijos con ids y números, sin una palabra de nadie. Sotto no guarda ningún registro; quien lo opera decide adónde va su salida. PostgreSQL anota arranques, paradas y caídas, ninguna sentencia, y su archivo se mantiene pequeño.',
    pt: 'Ver o que o programa faz: eventos fixos com ids e números, sem uma palavra de ninguém. O Sotto não guarda log; quem o opera decide para onde vai a saída. O PostgreSQL escreve inícios, paradas e quedas, nenhum comando, e o arquivo dele é mantido pequeno.',
    hi: 'यह देखने के लिए कि प्रोग्राम क्या करता है: आईडी और संख्याओं वाली निश्चित घटनाएँ, किसी का एक शब्द भी नहीं। Sotto कोई लॉग नहीं रखता; चलाने वाला तय करता है कि आउटपुट कहाँ जाए। PostgreSQL आरंभ, समाप्ति और क्रैश लिखता है, कथन नहीं, और उसकी फ़ाइल छोटी रखी जाती है।',
  },
  covers: ['log:output', 'log:telemetry', 'file:postgres.log'],
  keeps: {
    by: 'installation',
    why: {
      en: 'It is about nobody.',
      es: 'No trata de nadie.',
      pt: 'Não diz respeito a ninguém.',
      hi: 'यह किसी के बारे में नहीं।',
    },
  },
  ends: [],
} satisfies Rule;
