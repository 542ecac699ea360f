import type { Rule } from '../rule.ts';

export default {
  say: { en: 'What the installation is made of', es: 'De qué está hecha la instalación' },
  subject: 'installation',
  purpose: {
    en: 'To know which keystore belongs to which database, which migrations were applied, and to check the tokens that keep organisations apart.',
    es: 'Saber qué almacén de claves pertenece a qué base de datos, qué migraciones se aplicaron, y comprobar los tokens que separan a las organizaciones.',
  },
  covers: ['app.installation.*', 'sec.tenant_key.*', 'ledger.migrations.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'It is about nobody, and nothing works without it.',
      es: 'No trata de nadie, y sin ello nada funciona.',
    },
  },
  ends: [],
} satisfies Rule;
