import type { PermissionPageWords } from './permissions.ts';

export const pt: PermissionPageWords = {
  title: 'Quem pode fazer o quê',
  short: 'Permissões',
  intro: 'A tabela abaixo é a que decide em cada requisição; não há outra. O que não consta não é permitido a ninguém.',
  roles: { owner: 'Proprietário', admin: 'Administrador', agent: 'Agente', viewer: 'Observador' },
  rolesOf: {
    title: 'Os papéis',
    says: {
      owner: 'Tudo, inclusive encerrar a conta e conectar fornecedores.',
      admin: 'A equipe, as configurações e todas as chamadas; não os segredos dos fornecedores nem o fim da conta.',
      agent: 'Suas próprias chamadas e o que resultou delas.',
      viewer: 'Vê quando houve chamadas e como terminaram, nunca quem ligou nem o que foi dito.',
    },
  },
  matrix: 'Permissões por papel',
  permission: 'Pode …',
  reach: { all: 'tudo', own: 'o próprio' },
  none: 'não',
  fresh: 'Segundo fator recente',
  isFresh: 'sim',
  own: {
    title: 'O que é “o próprio”',
    says: 'São próprias as chamadas atribuídas a uma pessoa, transferidas a ela ou assumidas por ela; também o que resultou da chamada, como recados e contatos comerciais. Das outras chamadas um agente não encontra nada, nem mesmo que existem.',
  },
  factor: {
    title: 'Quando um segundo fator é pedido de novo',
    says: 'O que pode causar dano duradouro exige um segundo fator mostrado nos últimos dez minutos, não importa há quanto tempo se entrou.',
  },
  keys: {
    title: 'Chaves de API',
    says: 'Uma chave de API é feita para algumas destas permissões, seus escopos, com os nomes da tabela, e alcança toda a organização. Faz o que seus escopos nomeiam e nada mais. Ninguém cria uma chave que possa mais do que a própria pessoa; criá-la exige um segundo fator recente.',
  },
  giving: {
    title: 'Dar e tirar',
    says: 'Ninguém dá um papel, nem altera ou remove um membro, que possa algo que a própria pessoa não pode: um administrador não mexe em um proprietário.',
  },
  checked: {
    title: 'Como isso é verificado',
    says: 'Um membro de cada papel tenta repetidamente cada rota desta instalação, e o que foi recusado é comparado com esta tabela:',
  },
};
