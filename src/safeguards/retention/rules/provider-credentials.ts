import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Credentials of the business at its providers', es: 'Credenciales del negocio con sus proveedores' },
  subject: 'business',
  purpose: {
    en: "To reach the business's own carrier and model. A credential is gone as soon as it is revoked or replaced.",
    es: 'Llegar al operador y al modelo propios del negocio. Una credencial desaparece en cuanto se revoca o se sustituye.',
  },
  covers: ['app.carrier_accounts.*', 'app.model_credentials.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['key', 'value', 'row'],
} satisfies Rule;
