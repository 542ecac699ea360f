import type { FiguresWords } from './figures.ts';

export const es: FiguresWords = {
  title: 'Lo que se hace aquí, en cifras',
  intro:
    'Recuentos de todos los negocios de esta instalación juntos, semana a semana. Cifras de muchos, y nada de nadie.',
  short: 'Cifras',
  weeks: {
    title: 'Los últimos doce meses',
    week: 'Semana del',
    calls: 'Llamadas atendidas',
    messages: 'Recados tomados',
    appointments: 'Citas reservadas',
    answered: 'La mitad atendida en',
    tooFew: 'demasiado pocas',
    none: 'Todavía no se ha contado ninguna semana.',
    sum: (calls) => `De las semanas que se pueden contar: unas ${calls} llamadas atendidas.`,
  },
  how: {
    title: 'Lo que estas cifras no pueden decir',
    says: [
      'Nada se cuenta de menos de 20 cosas, de menos de tres negocios juntos, ni cuando uno de ellos es casi todo.',
      'Cada cifra es una decena junto a la verdadera; cuál, lo decide un umbral secreto que cada cifra tiene para sí.',
      'Una semana se cuenta una vez, un día después de terminar, y nunca más. Lo que pasa ahora y lo que se borre después no cambia nada aquí.',
      'No se cuentan las llamadas de demostración, las del propio navegador ni las de la propia instalación.',
    ],
  },
  live: {
    title: 'Lo que ocurre aquí últimamente',
    intro: 'El último día por horas, todos los negocios juntos. Cada hora se cuenta una hora después de terminar.',
    short: 'Últimamente',
    hour: 'Hora desde (UTC)',
    what: 'Qué',
    about: 'Cuántas veces',
    kinds: { call: 'se atendieron llamadas', message: 'se tomaron recados', appointment: 'se reservaron citas' },
    times: (count) => `unas ${count} veces`,
    none: 'En el último día pasó demasiado poco en cada hora para contarlo sin contar de alguien.',
    says: [
      'Para programas, cada entrada lleva un nombre hecho para esa única respuesta: dos respuestas no se pueden unir por él.',
      'Detrás de una entrada no hay ninguna llamada, número ni persona, ni hora con menos de 20 cosas de tres negocios.',
    ],
  },
  of: {
    title: (name) => `${name}, en cifras`,
  },
};
