import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Files of the database',
    es: 'Archivos de la base de datos',
    pt: 'Arquivos do banco de dados',
    hi: 'डेटाबेस की फ़ाइलें',
  },
  subject: 'installation',
  purpose: {
    en: 'To keep the tables. PostgreSQL overwrites what was deleted in its own time: in its files, its journal (WAL) and its statistics a value can outlive its row. Therefore everything about a person lies sealed in a column, and ends with a key that is not here.',
    es: 'Guardar las tablas. PostgreSQL sobrescribe lo borrado cuando le conviene: en sus archivos, su diario (WAL) y sus estadísticas un valor puede sobrevivir a su fila. Por eso todo lo que trata de una persona está sellado en su columna y termina con una clave que no está aquí.',
    pt: 'Guardar as tabelas. O PostgreSQL sobrescreve o que foi apagado no seu próprio ritmo: nos arquivos, no diário (WAL) e nas estatísticas um valor pode sobreviver à sua linha. Por isso tudo o que diz respeito a uma pessoa está selado em uma coluna e termina com uma chave que não está aqui.',
    hi: 'तालिकाएँ रखने के लिए। PostgreSQL मिटाए हुए को अपने समय पर ऊपर से लिखता है: उसकी फ़ाइलों, जर्नल (WAL) और आँकड़ों में मान अपनी पंक्ति से अधिक जी सकता है। इसलिए व्यक्ति से जुड़ा सब कुछ स्तंभ में मुहरबंद है और ऐसी कुंजी के साथ समाप्त होता है जो यहाँ नहीं।',
  },
  covers: ['file:postgres', 'file:postgres.making-*', 'postgres:statistics', 'postgres:wal', 'postgres:activity'],
  keeps: {
    by: 'installation',
    why: {
      en: 'What lies in the tables has rules of its own; its traces here are sealed, or about nobody.',
      es: 'Lo que hay en las tablas tiene sus propias reglas; sus huellas aquí están selladas o no tratan de nadie.',
      pt: 'O que está nas tabelas tem regras próprias; os rastros aqui estão selados ou não dizem respeito a ninguém.',
      hi: 'तालिकाओं में जो है उसके अपने नियम हैं; यहाँ उसके निशान मुहरबंद हैं या किसी के बारे में नहीं।',
    },
  },
  ends: [],
} satisfies Rule;
