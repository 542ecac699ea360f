import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TRU-02'],
  group: 'trust',
  kind: 'declined',
  say: {
    en: 'We do not claim SOC 2, ISO 27001, HIPAA or any other report or seal.',
    es: 'No alegamos SOC 2, ISO 27001, HIPAA ni ningún otro informe o sello.',
  },
  why: {
    en: 'No outside party has examined this installation. If one does, its dated report will appear here, and it will disappear on the day it runs out.',
    es: 'Ningún tercero ha examinado esta instalación. Si alguno lo hace, su informe fechado aparecerá aquí y desaparecerá el día en que caduque.',
  },
} satisfies Claim;
