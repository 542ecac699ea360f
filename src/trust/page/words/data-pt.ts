import type { DataWords } from './data.ts';

export const pt: DataWords = {
  title: 'O que é guardado aqui, de quem é e como termina',
  short: 'Mapa de dados',
  intro:
    'Cada coluna do banco de dados, cada pasta, cada arquivo, cada memória e todos os que recebem algo disso fora daqui. Esta página é feita das regras pelas quais o programa apaga, confrontadas com o banco de dados em funcionamento agora: uma coluna ou pasta sem regra faria os testes falharem.',
  computed: (at) => `Lido do banco de dados em funcionamento em ${at}.`,
  contents: 'Nesta página',
  subjects: {
    caller: { title: 'De quem liga', says: 'O que a secretária ouve e anota.' },
    member: { title: 'Dos membros da equipe', says: 'Quem entra no programa.' },
    business: { title: 'Da empresa', says: 'O que ela contou à secretária, e suas próprias credenciais.' },
    installation: { title: 'Da instalação', says: 'Não trata de ninguém em particular.' },
  },
  howLong: 'Por quanto tempo',
  ends: 'Como termina',
  endings: {
    key: 'sua chave é destruída, o que torna ilegível qualquer cópia',
    value: 'os campos são esvaziados',
    row: 'a linha é apagada',
    object: 'o arquivo é apagado onde está',
    memory: 'é solto; nunca esteve em disco',
  },
  endsNever: 'Não termina por si só.',
  nowhere: 'Nesta versão não há nada deste tipo em lugar nenhum.',
  where: (columns, places) =>
    [
      columns > 0 && (columns === 1 ? '1 coluna' : `${columns} colunas`),
      places > 0 && `${columns > 0 ? 'mais ' : ''}${places} ${places === 1 ? 'lugar' : 'lugares'}`,
    ]
      .filter(Boolean)
      .join(', '),
  columns: 'Coluna',
  classOf: 'Classe',
  holds: 'O que contém (em inglês, como está no banco de dados)',
  places: 'Fora das tabelas',
  classes: {
    id: 'id',
    operational: 'operacional',
    business: 'da empresa',
    personal: 'pessoal, lacrado',
    secret: 'secreto',
    index: 'hash com chave',
  },
  unclassed: 'sem classe',
  usual: {
    title: 'As configurações usuais',
    says: 'Cada empresa as define: uma das configurações usuais, ou dias próprios, de 1 a 3650. Nenhuma é sem fim.',
    type: 'Tipo de dado',
    handOver: 'Após uma entrega confirmada a um sistema da empresa',
  },
  sooner: (length) => `o que foi dito, nomes e números somem em ${length}`,
  notSooner: 'não antes por isso',
  account: 'a duração da conta, e mais 30 dias',
  outside: {
    title: 'Quem recebe algo fora daqui',
    says: 'Somente quem a empresa ou o operador conectou. O programa não alcança mais ninguém: a lista de servidores que podem ser contatados é feita dos mesmos arquivos.',
  },
  gets: 'Recebe',
  region: 'Onde',
  hosts: 'Contatado em',
  keeps: 'O que fica lá',
  keepsNothing: 'Nada fica lá.',
  nothing: 'Nada fica.',
  days: (count, from) =>
    `${count === 1 ? '1 dia' : `${count} dias`} a partir de ${{ made: 'seu surgimento', deleted: 'sua exclusão' }[from]}`,
  openEnded: (isDeletable) => (isDeletable ? 'até ser apagado' : 'enquanto eles acharem adequado'),
  deletable: 'O Sotto manda apagar e lê de novo para ver que sumiu.',
  notDeletable: 'Não pode ser apagado a partir daqui.',
  unverified: 'Não lido na fonte.',
  source: 'Fonte',
  operator: 'O operador sabe',
  noQueue: {
    title: 'O que não existe',
    says: 'Nenhuma fila de tarefas guarda algo sobre alguém: o trabalho de fundo olha as tabelas. Nenhuma coluna pode conter um cartão de pagamento, nenhum cookie segue ninguém, e nada é gravado onde a gravação está desligada.',
  },
};
