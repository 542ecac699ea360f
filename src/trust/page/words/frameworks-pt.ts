import type { FrameworkWords } from './frameworks.ts';

export const pt: FrameworkWords = {
  title: 'Leis e normas',
  short: 'Leis e normas',
  intro:
    'Até onde esta instalação chega em cada uma. A situação decorre das linhas da lei ou norma, das promessas para as quais elas apontam, como são mantidas neste momento, e de documentos em vigor. Ninguém pode digitá-la.',
  computed: (at) => `Calculado a partir das evidências em ${at}.`,
  list: 'Como está cada uma',
  statuses: {
    'not-claimed': {
      name: 'Não alegado',
      means: 'Só alguém de fora poderia dizê-lo, e ninguém disse; ou o programa não responde a nenhuma linha.',
    },
    'roadmap': {
      name: 'No plano',
      means: 'Pelo menos uma linha ainda não tem resposta ou se apoia em algo que não foi construído.',
    },
    'documented': {
      name: 'Documentado',
      means:
        'Cada linha tem resposta. É menos do que ser mantida: as pessoas têm sua parte, e uma verificação pode falhar.',
    },
    'in-force': {
      name: 'Em vigor',
      means:
        'A lei obriga, toda promessa para a qual suas linhas apontam é mantida agora, e o operador declarou, com data, que os deveres das pessoas estão feitos.',
    },
    'audited': {
      name: 'Auditado',
      means: 'Alguém de fora apresentou um relatório sobre o operador, e ele está em vigor.',
    },
  },
  legend: 'O que as palavras significam',
  states: {
    'holds': { name: 'Mantida agora', means: 'Todas as promessas que a respondem são mantidas neste momento.' },
    'failing': {
      name: 'Apoia-se em uma verificação que falha',
      means: 'Uma promessa que a responde não está sendo mantida.',
    },
    'unseen': {
      name: 'Respondida, não vista',
      means: 'Há promessas que a respondem, e de pelo menos uma não há prova recente nesta instalação.',
    },
    'people': { name: 'Para pessoas', means: 'Nenhum programa pode fazê-lo; diz o que as pessoas precisam fazer.' },
    'open': { name: 'Em aberto', means: 'Nada a responde ainda, ou o que responderia não foi construído.' },
    'not-applicable': { name: 'Não se aplica', means: 'Com o motivo.' },
  },
  legendOfLines: 'O que há por trás de uma linha',
  held: (holds, lines) => `${holds} de ${lines} linhas são mantidas agora.`,
  leaning: (lines) =>
    lines === 1
      ? 'Uma linha se apoia em uma verificação que falha.'
      : `${lines} linhas se apoiam em verificações que falham.`,
  advice: {
    title: 'O que estas páginas não dizem',
    says: 'Elas dizem o que um programa faz, não que uma organização respeita uma lei. Isso depende também das pessoas, dos contratos e do negócio. Não são aconselhamento jurídico.',
  },
  about: 'Sobre esta lista',
  edition: 'Edição',
  kind: 'Como se pode ter',
  kinds: {
    'law': 'É uma lei: obriga por si mesma.',
    'self-assessment': 'Quem está obrigado responde por si e assina.',
    'report': 'Só alguém de fora pode dizê-lo, em um relatório.',
  },
  bound: 'A quem obriga',
  bounds: { operator: 'quem opera esta instalação', business: 'os negócios cujas chamadas ela atende' },
  applies: 'Quando',
  from: 'Obriga desde',
  notYet: (day) => `Ainda não obriga por inteiro: a última parte obriga a partir de ${day}.`,
  since: (day) => `Obriga por inteiro desde ${day}.`,
  source: 'De onde vêm os números',
  confidences: {
    primary: 'O próprio texto foi lido.',
    secondary: 'Foi lido o que outros dizem dele.',
    memory: 'Não verificado: de memória.',
  },
  unverified: 'não verificado',
  unverifiedLines: (count) => `${count} linhas têm um número não verificado.`,
  report: 'Relatório de alguém de fora',
  noReport: 'Nenhum em vigor. Sem ele, nada aqui é chamado de auditado.',
  statement: 'Declaração do operador sobre os deveres das pessoas',
  noStatement: 'Nenhuma em vigor. Sem ela, nada aqui é chamado de em vigor.',
  by: (issuer, from, until) => `${issuer}, ${from}, válido até ${until}`,
  lines: 'As linhas',
  asks: 'O que pede, em nossas palavras',
  answer: 'Resposta',
  people: 'O que as pessoas precisam fazer:',
  meanwhile: 'O que as pessoas podem fazer enquanto isso:',
  promise: (title, id) => `Ainda não construído: “${title}” (${id} do nosso catálogo).`,
  nothing: 'Ainda sem resposta.',
  bindsFrom: (day) => `obriga a partir de ${day}`,
  all: 'Todas as leis e normas',
};
