import type { FiguresWords } from './figures.ts';

export const pt: FiguresWords = {
  title: 'O que se faz aqui, em números',
  intro:
    'Contagens de todas as empresas desta instalação juntas, semana a semana. Números de muitos, e nada de ninguém.',
  short: 'Números',
  weeks: {
    title: 'Os últimos doze meses',
    week: 'Semana de',
    calls: 'Chamadas atendidas',
    messages: 'Recados anotados',
    appointments: 'Horários marcados',
    answered: 'Metade atendida em até',
    tooFew: 'poucas demais',
    none: 'Nenhuma semana foi contada ainda.',
    sum: (calls) => `Das semanas que podem ser contadas: cerca de ${calls} chamadas atendidas.`,
  },
  how: {
    title: 'O que estes números não conseguem dizer',
    says: [
      'Nada se conta de menos de 20 coisas, de menos de três empresas juntas, nem quando uma delas é quase tudo.',
      'Cada número é uma dezena ao lado do verdadeiro; qual delas, decide um limiar secreto que cada número tem só para si.',
      'Uma semana é contada uma vez, um dia depois de terminar, e nunca mais. O que acontece agora e o que for apagado depois não muda nada aqui.',
      'Chamadas de demonstração, do próprio navegador e da própria instalação não são contadas.',
    ],
  },
  live: {
    title: 'O que acontece aqui ultimamente',
    intro: 'O último dia por hora, todas as empresas juntas. Cada hora é contada uma hora depois de terminar.',
    short: 'Ultimamente',
    hour: 'Hora a partir de (UTC)',
    what: 'O quê',
    about: 'Quantas vezes',
    kinds: {
      call: 'chamadas foram atendidas',
      message: 'recados foram anotados',
      appointment: 'horários foram marcados',
    },
    times: (count) => `cerca de ${count} vezes`,
    none: 'No último dia aconteceu pouco demais em cada hora para contar sem falar de alguém.',
    says: [
      'Para programas, cada item tem um nome feito só para aquela resposta: duas respostas não podem ser ligadas por ele.',
      'Não há chamada, número nem pessoa por trás de um item, nem hora com menos de 20 coisas de três empresas.',
    ],
  },
  of: {
    title: (name) => `${name}, em números`,
  },
};
