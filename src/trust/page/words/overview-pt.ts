import type { OverviewWords } from './overview.ts';

export const pt: OverviewWords = {
  title: 'O que esta instalação promete e o que foi observado',
  short: 'Promessas',
  intro:
    'Cada linha abaixo é uma promessa com uma verificação por trás, que roda aqui, sozinha, repetidamente. Antes de se confiar em uma verificação, ela precisa perceber uma violação plantada de propósito. O status decorre do que foi observado; ninguém pode digitá-lo.',
  computed: (at) => `Calculado a partir das evidências em ${at}.`,
  summary: 'Todas as promessas por status',
  failing: (count) =>
    count === 1
      ? 'Uma promessa não está sendo cumprida neste momento.'
      : `${count} promessas não estão sendo cumpridas neste momento.`,
  calm: 'Nenhuma verificação encontrou nada quebrado.',
  partly: (proven, silent) =>
    `Nenhuma verificação encontrou nada quebrado. ${proven} comprovadas; ${silent} ficaram sem resposta ou não tinham o que observar, e não contam nem a favor nem contra.`,
  neverExercised: {
    title: 'Nunca exercitado aqui',
    none: 'Toda promessa com verificação já teve o que observar nesta instalação.',
    some: 'Ainda não aconteceu nada nesta instalação com que estas promessas pudessem ser verificadas. Elas não contam como cumpridas.',
  },
  groups: {
    isolation: 'Separação entre organizações',
    access: 'Quem pode entrar, e fazer o quê',
    calls: 'Durante e depois de uma ligação',
    keeping: 'Por quanto tempo se guarda, e para quê',
    encryption: 'Criptografia',
    edge: 'O que é deixado entrar',
    processors: 'O que sai',
    audit: 'O registro de auditoria',
    trust: 'Relatos e lacres',
  },
  statuses: {
    'proven': {
      name: 'Comprovado',
      means:
        'Uma verificação recente não encontrou nada quebrado, teve o que observar e foi vista falhando de propósito.',
    },
    'not-exercised': {
      name: 'Não exercitado',
      means: 'Não se encontrou nada quebrado porque ainda não havia o que observar.',
    },
    'failing': {
      name: 'Descumprido',
      means: 'A verificação encontrou a promessa quebrada, ou a própria verificação não funciona.',
    },
    'unknown': {
      name: 'Desconhecido',
      means:
        'A verificação não pôde observar, nunca foi vista falhando aqui, ou sua última observação é antiga demais.',
    },
    'attested': { name: 'Atestado', means: 'Um documento externo o afirma, e está vigente.' },
    'attestation-expired': { name: 'Atestado vencido', means: 'Um documento externo o afirmava, e venceu.' },
    'in-force': { name: 'Em vigor', means: 'Pessoas fazem isto; todos os prazos foram cumpridos.' },
    'overdue': { name: 'Em atraso', means: 'Pessoas fazem isto; um prazo venceu.' },
    'roadmap': { name: 'Ainda não construído', means: 'A promessa é conhecida, e nada ainda a cumpre.' },
    'not-claimed': { name: 'Não afirmado', means: 'Não dizemos isto de nós.' },
  },
  since: ['desde ', ''],
  notBuilt: {
    title: 'Ainda não construído',
    says: 'Promessas do catálogo que nada ainda cumpre. Ninguém pode contar com elas.',
  },
  notClaimed: {
    title: 'O que não afirmamos',
    rest: (known, claimed) =>
      `O catálogo deste programa conhece ${known} promessas. ${claimed} delas têm uma verificação nesta página; sobre as outras ${known - claimed} nada se afirma aqui.`,
  },
  legend: 'O que as palavras significam',
};
