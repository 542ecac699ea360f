import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Credentials of the business at its providers',
    es: 'Credenciales del negocio con sus proveedores',
    pt: 'Credenciais da empresa nos seus fornecedores',
    hi: 'प्रदाताओं के यहाँ व्यवसाय के क्रेडेंशियल',
  },
  subject: 'business',
  purpose: {
    en: "To reach the business's own carrier and model. A credential is gone as soon as it is revoked or replaced.",
    es: 'Llegar al operador y al modelo propios del negocio. Una credencial desaparece en cuanto se revoca o se sustituye.',
    pt: 'Alcançar a operadora e o modelo da própria empresa. Uma credencial some assim que é revogada ou trocada.',
    hi: 'व्यवसाय के अपने वाहक और मॉडल तक पहुँचने के लिए। क्रेडेंशियल रद्द या बदलते ही चला जाता है।',
  },
  covers: ['app.carrier_accounts.*', 'app.model_credentials.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['key', 'value', 'row'],
} satisfies Rule;
