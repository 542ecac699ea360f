import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Sessions of people who are signed in',
    es: 'Sesiones de quienes han entrado',
    pt: 'Sessões de quem está conectado',
    hi: 'प्रवेश किए लोगों के सत्र',
  },
  subject: 'member',
  purpose: {
    en: 'To let somebody go on without signing in again, and to show them where they are signed in. It ends sooner when it is not used, and by signing out.',
    es: 'Permitir seguir sin volver a entrar y mostrar a cada uno dónde ha entrado. Termina antes si no se usa, y al salir.',
    pt: 'Deixar alguém continuar sem entrar de novo e mostrar-lhe onde está conectado. Termina antes quando não é usada, e ao sair.',
    hi: 'बिना दोबारा प्रवेश किए आगे बढ़ने देने और यह दिखाने के लिए कि वह कहाँ-कहाँ प्रवेश किए है। इस्तेमाल न होने पर और बाहर जाने पर पहले समाप्त होता है।',
  },
  covers: ['app.sessions.*'],
  keeps: {
    by: 'law',
    ms: 14 * 86_400_000,
    from: { en: 'signing in', es: 'la entrada', pt: 'a entrada', hi: 'प्रवेश' },
    source: 'SOTTO_SESSION_DAYS',
  },
  ends: ['row', 'key'],
} satisfies Rule;
