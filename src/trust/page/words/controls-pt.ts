import type { ControlWords } from './controls.ts';

export const pt: ControlWords = {
  title: 'Inventário de controles',
  short: 'Controles',
  intro:
    'O que este programa faz para manter o que promete: de cada controle, as verificações que o mostram, quando olharam pela última vez, o código que o mantém e as linhas de leis e normas que se apoiam nele.',
  computed: (at) => `Calculado a partir das evidências em ${at}.`,
  contents: 'Controles por assunto',
  evidence: 'Última verificação',
  neverLooked: 'Ainda não verificado.',
  looked: (count) => `${count} verificados`,
  every: 'A cada',
  keptBy: 'Mantido por',
  frameworks: 'Leis e normas que se apoiam nele',
  noFramework: 'Nenhuma das listas daqui.',
  planned: {
    title: 'Ainda não construído',
    says: 'Promessas conhecidas que nada mantém ainda. Não contam para nada.',
  },
};
