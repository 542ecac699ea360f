import type { Rule } from '../rule.ts';

export default {
  say: { en: 'When the hourly run looked, and what it found', es: 'Cuándo miró la ejecución horaria y qué encontró' },
  subject: 'installation',
  purpose: {
    en: 'To show that everything ends in time. Times, counts and names of types of data.',
    es: 'Mostrar que todo termina a tiempo. Horas, recuentos y nombres de tipos de datos.',
  },
  covers: ['app.hygiene_runs.*'],
  keeps: {
    by: 'law',
    ms: 90 * 86_400_000,
    from: { en: 'the run', es: 'la ejecución' },
    source: 'GDPR Art. 5(2)',
  },
  ends: ['row'],
} satisfies Rule;
