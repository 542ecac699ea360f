import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'What was typed in to sign up or to be mailed a link',
    es: 'Lo escrito para registrarse o para recibir un enlace',
  },
  subject: 'member',
  purpose: {
    en: 'To send a link to an address and to go on from there. Most of it ends within minutes.',
    es: 'Enviar un enlace a una dirección y seguir desde ahí. La mayor parte termina en minutos.',
  },
  covers: ['app.sign_in_links.*', 'app.outside_flows.*', 'app.first_runs.*'],
  keeps: {
    by: 'law',
    ms: 2 * 30 * 60_000,
    from: { en: 'being asked for', es: 'la petición' },
    source: 'src/safeguards/identity/links.ts',
  },
  ends: ['row', 'key'],
} satisfies Rule;
