import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Files by which processes find each other', es: 'Archivos con los que los procesos se encuentran' },
  subject: 'installation',
  purpose: {
    en: 'To start the database once, and to find the process that carries live audio again after a restart. Locks, sockets, the words by which they know each other.',
    es: 'Arrancar la base de datos una sola vez y reencontrar tras un reinicio el proceso que lleva el audio en directo. Bloqueos, sockets y las palabras con que se reconocen.',
  },
  covers: ['file:postgres.start.lock', 'file:postgres.use.lock', 'file:postgres.runtime', 'file:line'],
  keeps: {
    by: 'moment',
    until: { en: 'the end of the process that left them', es: 'el fin del proceso que los dejó' },
  },
  ends: ['object'],
} satisfies Rule;
