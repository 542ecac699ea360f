import type { Rule } from '../rule.ts';

export default {
  say: { en: 'What lies in the browser of a team member', es: 'Lo que queda en el navegador de un miembro del equipo' },
  subject: 'member',
  purpose: {
    en: 'To stay signed in, to come back from another provider, to finish a sign-up or an invitation in the browser in which it was begun, and to remember the language and how somebody likes to call. No page loads anything of anybody else, and nothing counts visits.',
    es: 'Seguir dentro, volver de otro proveedor, terminar un registro o una invitación en el navegador en que empezó, y recordar el idioma y cómo le gusta llamar a cada uno. Ninguna página carga nada de nadie más y nada cuenta visitas.',
  },
  covers: [
    'browser:cookie/sotto',
    'browser:cookie/sotto-away',
    'browser:storage/sotto-call-aloud',
    'browser:storage/sotto-call-by',
    'browser:storage/sotto-claim',
    'browser:storage/sotto-invitation',
    'browser:storage/sotto-language',
  ],
  keeps: {
    by: 'moment',
    until: {
      en: 'signing out for the cookies; what was chosen stays until the browser is cleared',
      es: 'la salida para las cookies; lo elegido queda hasta que se limpia el navegador',
    },
  },
  ends: ['memory'],
} satisfies Rule;
