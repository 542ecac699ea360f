import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'What the installation is made of',
    es: 'De qué está hecha la instalación',
    pt: 'Do que a instalação é feita',
    hi: 'इंस्टॉलेशन किससे बना है',
  },
  subject: 'installation',
  purpose: {
    en: 'To know which keystore belongs to which database, which migrations were applied, and to check the tokens that keep organisations apart.',
    es: 'Saber qué almacén de claves pertenece a qué base de datos, qué migraciones se aplicaron, y comprobar los tokens que separan a las organizaciones.',
    pt: 'Saber qual cofre de chaves pertence a qual banco, quais migrações foram aplicadas, e conferir os tokens que separam as organizações.',
    hi: 'यह जानने के लिए कि कौन-सा कुंजी-भंडार किस डेटाबेस का है, कौन-से माइग्रेशन लगे, और संगठनों को अलग रखने वाले टोकन जाँचने के लिए।',
  },
  covers: ['app.installation.*', 'sec.tenant_key.*', 'ledger.migrations.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'It is about nobody, and nothing works without it.',
      es: 'No trata de nadie, y sin ello nada funciona.',
      pt: 'Não diz respeito a ninguém, e nada funciona sem isso.',
      hi: 'यह किसी के बारे में नहीं, और इसके बिना कुछ नहीं चलता।',
    },
  },
  ends: [],
} satisfies Rule;
