import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Sessions of people who are signed in', es: 'Sesiones de quienes han entrado' },
  subject: 'member',
  purpose: {
    en: 'To let somebody go on without signing in again, and to show them where they are signed in. It ends sooner when it is not used, and by signing out.',
    es: 'Permitir seguir sin volver a entrar y mostrar a cada uno dónde ha entrado. Termina antes si no se usa, y al salir.',
  },
  covers: ['app.sessions.*'],
  keeps: {
    by: 'law',
    ms: 14 * 86_400_000,
    from: { en: 'signing in', es: 'la entrada' },
    source: 'SOTTO_SESSION_DAYS',
  },
  ends: ['row', 'key'],
} satisfies Rule;
