import type { Rule } from '../rule.ts';

export default {
  say: { en: 'API keys', es: 'Claves de API', pt: 'Chaves de API', hi: 'API कुंजियाँ' },
  subject: 'business',
  purpose: {
    en: 'To let programs of the business in. Of the secret only a keyed hash is there; a revoked key stays in the list, and opens nothing.',
    es: 'Dejar entrar a los programas del negocio. Del secreto solo hay un hash con clave; una clave revocada sigue en la lista y no abre nada.',
    pt: 'Deixar entrar programas da empresa. Do segredo só existe um hash com chave; uma chave revogada fica na lista e não abre nada.',
    hi: 'व्यवसाय के प्रोग्रामों को प्रवेश देने के लिए। गुप्त मान का केवल कुंजीबद्ध हैश है; रद्द कुंजी सूची में रहती है और कुछ नहीं खोलती।',
  },
  covers: ['app.api_keys.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
