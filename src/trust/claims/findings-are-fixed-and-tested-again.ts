import type { Claim } from '../claim.ts';

export default {
  fulfils: ['AUD-07'],
  group: 'audit',
  kind: 'roadmap',
  say: {
    en: 'Each finding of a penetration test has a day by which it is fixed, and is tested again.',
    es: 'Cada hallazgo de una prueba de intrusión tiene un día para su corrección y se vuelve a probar.',
    pt: 'Cada achado de um teste de intrusão tem um dia para ser corrigido e é testado de novo.',
    hi: 'पैठ परीक्षण की हर खोज का ठीक करने का दिन तय होता है, और उसे फिर से परखा जाता है।',
  },
} satisfies Claim;
