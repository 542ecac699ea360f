import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Keys and tokens that are in use',
    es: 'Claves y tokens en uso',
    pt: 'Chaves e tokens em uso',
    hi: 'उपयोग में कुंजियाँ और टोकन',
  },
  subject: 'business',
  purpose: {
    en: 'To check signatures and sessions without opening the same key for every request: half a second for a session, a minute for a credential, an hour for the public keys of a sign-in provider. Where a key service in the network holds the root key, the key of an organisation is remembered; content keys never are.',
    es: 'Comprobar firmas y sesiones sin abrir la misma clave en cada petición: medio segundo para una sesión, un minuto para una credencial, una hora para las claves públicas de un proveedor de entrada. Si la clave raíz está en un servicio de claves en red, se recuerda la clave de una organización; las de contenido, nunca.',
    pt: 'Conferir assinaturas e sessões sem abrir a mesma chave a cada requisição: meio segundo para uma sessão, um minuto para uma credencial, uma hora para as chaves públicas de um provedor de entrada. Onde um serviço de chaves na rede guarda a chave raiz, a chave de uma organização é lembrada; chaves de conteúdo, nunca.',
    hi: 'हर अनुरोध पर वही कुंजी खोले बिना हस्ताक्षर और सत्र जाँचने के लिए: सत्र के लिए आधा सेकंड, क्रेडेंशियल के लिए एक मिनट, प्रवेश प्रदाता की सार्वजनिक कुंजियों के लिए एक घंटा। जहाँ मूल कुंजी नेटवर्क की कुंजी-सेवा में है, वहाँ संगठन की कुंजी याद रखी जाती है; सामग्री-कुंजियाँ कभी नहीं।',
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
      pt: 'um minuto depois; uma hora, para chaves públicas; o fim do processo, para chaves de organizações',
      hi: 'एक मिनट बाद; सार्वजनिक कुंजियों के लिए एक घंटे; संगठनों की कुंजियों के लिए प्रक्रिया के अंत',
    },
  },
  ends: ['memory'],
} satisfies Rule;
