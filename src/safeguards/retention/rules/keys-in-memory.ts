import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Keys and tokens that are in use', es: 'Claves y tokens en uso' },
  subject: 'business',
  purpose: {
    en: 'To check signatures and sessions without opening the same key for every request: half a second for a session, a minute for a credential, an hour for the public keys of a sign-in provider. Content keys are not kept at all.',
    es: 'Comprobar firmas y sesiones sin abrir la misma clave en cada petición: medio segundo para una sesión, un minuto para una credencial, una hora para las claves públicas de un proveedor de entrada. Las claves de contenido no se guardan.',
  },
  covers: [
    'cache:edge/look',
    'cache:safeguards/accounts/credentials',
    'cache:safeguards/factors/outside/provider-client',
    'cache:safeguards/vault/keystore',
    'cache:secretary/recordings/playback',
  ],
  keeps: {
    by: 'moment',
    until: { en: 'a minute later; an hour for public keys', es: 'un minuto después; una hora para claves públicas' },
  },
  ends: ['memory'],
} satisfies Rule;
