import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Open connections', es: 'Conexiones abiertas', pt: 'Conexões abertas', hi: 'खुले कनेक्शन' },
  subject: 'member',
  purpose: {
    en: 'To answer whoever asks, and to close what is silent. The network address of a peer is known to the connection and written down nowhere.',
    es: 'Responder a quien pide y cerrar lo que calla. La dirección de red del otro extremo la conoce la conexión y no se anota en ningún sitio.',
    pt: 'Responder a quem pede e fechar o que está em silêncio. O endereço de rede da outra ponta é conhecido pela conexão e não é anotado em lugar nenhum.',
    hi: 'पूछने वाले को उत्तर देने और मौन को बंद करने के लिए। दूसरे छोर का नेटवर्क पता केवल कनेक्शन जानता है और कहीं लिखा नहीं जाता।',
  },
  covers: [
    'cache:base/egress',
    'cache:base/egress-door',
    'cache:edge/events',
    'cache:edge/frame',
    'cache:edge/guests',
    'cache:media/host/desk-end',
    'cache:media/host/fork-line',
  ],
  keeps: {
    by: 'moment',
    until: { en: 'the end of the connection', es: 'el fin de la conexión', pt: 'o fim da conexão', hi: 'कनेक्शन के अंत' },
  },
  ends: ['memory'],
} satisfies Rule;
