import type { Rule } from '../rule.ts';

export default {
  say: { en: 'API keys', es: 'Claves de API' },
  subject: 'business',
  purpose: {
    en: 'To let programs of the business in. Of the secret only a keyed hash is there; a revoked key stays in the list, and opens nothing.',
    es: 'Dejar entrar a los programas del negocio. Del secreto solo hay un hash con clave; una clave revocada sigue en la lista y no abre nada.',
  },
  covers: ['app.api_keys.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
