import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Logs', es: 'Registros de funcionamiento' },
  subject: 'installation',
  purpose: {
    en: 'To see what the program does: fixed events with ids and numbers, without a word of anybody. Sotto keeps no log; whoever runs it decides where its output goes. PostgreSQL writes starts, stops and crashes, no statements, and its file is kept small.',
    es: 'Ver qué hace el programa: sucesos fijos con ids y números, sin una palabra de nadie. Sotto no guarda ningún registro; quien lo opera decide adónde va su salida. PostgreSQL anota arranques, paradas y caídas, ninguna sentencia, y su archivo se mantiene pequeño.',
  },
  covers: ['log:output', 'log:telemetry', 'file:postgres.log'],
  keeps: {
    by: 'installation',
    why: { en: 'It is about nobody.', es: 'No trata de nadie.' },
  },
  ends: [],
} satisfies Rule;
