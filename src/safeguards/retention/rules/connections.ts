import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Open connections', es: 'Conexiones abiertas' },
  subject: 'member',
  purpose: {
    en: 'To answer whoever asks, and to close what is silent. The network address of a peer is known to the connection and written down nowhere.',
    es: 'Responder a quien pide y cerrar lo que calla. La dirección de red del otro extremo la conoce la conexión y no se anota en ningún sitio.',
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
  keeps: { by: 'moment', until: { en: 'the end of the connection', es: 'el fin de la conexión' } },
  ends: ['memory'],
} satisfies Rule;
