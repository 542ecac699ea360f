import type { ControlWords } from './controls.ts';

export const es: ControlWords = {
  title: 'Inventario de controles',
  short: 'Controles',
  intro:
    'Lo que hace este programa para mantener lo que promete: de cada control, las comprobaciones que lo muestran, cuándo miraron por última vez, el código que lo mantiene y las líneas de leyes y normas que se apoyan en él.',
  computed: (at) => `Calculado a partir de las pruebas el ${at}.`,
  contents: 'Controles por tema',
  evidence: 'Última mirada',
  neverLooked: 'Aún no se ha mirado.',
  looked: (count) => `${count} comprobados`,
  every: 'Cada',
  keptBy: 'Lo mantiene',
  frameworks: 'Leyes y normas que se apoyan en él',
  noFramework: 'Ninguna de las listas de aquí.',
  planned: {
    title: 'Aún no construido',
    says: 'Promesas conocidas que nada mantiene todavía. No cuentan para nada.',
  },
};
