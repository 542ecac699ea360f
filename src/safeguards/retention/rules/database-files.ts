import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Files of the database', es: 'Archivos de la base de datos' },
  subject: 'installation',
  purpose: {
    en: 'To keep the tables. PostgreSQL overwrites what was deleted in its own time: in its files, its journal (WAL) and its statistics a value can outlive its row. Therefore everything about a person lies sealed in a column, and ends with a key that is not here.',
    es: 'Guardar las tablas. PostgreSQL sobrescribe lo borrado cuando le conviene: en sus archivos, su diario (WAL) y sus estadísticas un valor puede sobrevivir a su fila. Por eso todo lo que trata de una persona está sellado en su columna y termina con una clave que no está aquí.',
  },
  covers: ['file:postgres', 'file:postgres.making-*', 'postgres:statistics', 'postgres:wal', 'postgres:activity'],
  keeps: {
    by: 'installation',
    why: {
      en: 'What lies in the tables has rules of its own; its traces here are sealed, or about nobody.',
      es: 'Lo que hay en las tablas tiene sus propias reglas; sus huellas aquí están selladas o no tratan de nadie.',
    },
  },
  ends: [],
} satisfies Rule;
