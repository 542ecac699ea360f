import type { Rule } from '../rule.ts';

export default {
  say: { en: 'The object store on our own disk', es: 'El almacén de objetos en el disco propio' },
  subject: 'caller',
  purpose: {
    en: 'To keep recordings where no bucket elsewhere was chosen. Drafts that a crash left are taken away at the next start.',
    es: 'Guardar las grabaciones cuando no se eligió un almacén externo. Los borradores que dejó una caída se retiran en el siguiente arranque.',
  },
  covers: ['file:objects'],
  keeps: { by: 'belonging', to: 'recordings' },
  ends: ['object'],
} satisfies Rule;
