import type { Rule } from '../rule.ts';

export default {
  say: { en: 'The keystore and the root key', es: 'El almacén de claves y la clave raíz' },
  subject: 'installation',
  purpose: {
    en: 'To open what is sealed. A key is in it as long as what it opens may be read; the file itself holds nothing else, and is overwritten where a key was.',
    es: 'Abrir lo que está sellado. Una clave está en él mientras se pueda leer lo que abre; el archivo no contiene nada más, y se sobrescribe donde había una clave.',
  },
  covers: ['file:keys'],
  keeps: {
    by: 'installation',
    why: {
      en: 'The file stays; each key in it ends with what it opens.',
      es: 'El archivo queda; cada clave en él termina con lo que abre.',
    },
  },
  ends: [],
} satisfies Rule;
