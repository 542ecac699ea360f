import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Keys and tokens that are in use', es: 'Claves y tokens en uso' },
  subject: 'business',
  purpose: {
    en: 'To check signatures and sessions without opening the same key for every request: half a second for a session, a minute for a credential, an hour for the public keys of a sign-in provider. Where a key service in the network holds the root key, the key of an organisation is remembered; content keys never are.',
    es: 'Comprobar firmas y sesiones sin abrir la misma clave en cada petición: medio segundo para una sesión, un minuto para una credencial, una hora para las claves públicas de un proveedor de entrada. Si la clave raíz está en un servicio de claves en red, se recuerda la clave de una organización; las de contenido, nunca.',
  },
  covers: [
    'cache:edge/look',
    'cache:safeguards/accounts/credentials',
    'cache:safeguards/factors/outside/provider-client',
    'cache:safeguards/vault/keystore',
    'cache:safeguards/vault/organisation-keys',
    'cache:secretary/recordings/playback',
  ],
  keeps: {
    by: 'moment',
    until: {
      en: 'a minute later; an hour for public keys; the end of the process for keys of organisations',
      es: 'un minuto después; una hora para claves públicas; el fin del proceso para claves de organizaciones',
    },
  },
  ends: ['memory'],
} satisfies Rule;
