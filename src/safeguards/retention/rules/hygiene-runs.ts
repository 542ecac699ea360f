import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'When the hourly run looked, and what it found',
    es: 'Cuándo miró la ejecución horaria y qué encontró',
    pt: 'Quando a execução de cada hora olhou e o que encontrou',
    hi: 'हर घंटे के दौर ने कब देखा और क्या मिला',
  },
  subject: 'installation',
  purpose: {
    en: 'To show that everything ends in time. Times, counts and names of types of data.',
    es: 'Mostrar que todo termina a tiempo. Horas, recuentos y nombres de tipos de datos.',
    pt: 'Mostrar que tudo termina no prazo. Horários, contagens e nomes de tipos de dados.',
    hi: 'यह दिखाने के लिए कि सब समय पर समाप्त होता है। समय, गिनती और डेटा-प्रकारों के नाम।',
  },
  covers: ['app.hygiene_runs.*'],
  keeps: {
    by: 'law',
    ms: 90 * 86_400_000,
    from: { en: 'the run', es: 'la ejecución', pt: 'a execução', hi: 'दौर' },
    source: 'GDPR Art. 5(2)',
  },
  ends: ['row'],
} satisfies Rule;
