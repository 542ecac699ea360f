import type { Words } from '../en/index.ts';

export const leads: Words['leads'] = {
  title: 'Clientes potenciales',
  about: 'Personas que podrían ser clientes: qué quieren y cómo va.',
  show: 'Mostrar',
  all: 'Todos',
  statuses: { new: 'Nuevo', contacted: 'Contactado', won: 'Ganado', lost: 'Perdido' },
  status: (name) => `Cómo va con ${name}`,
  anonymous: 'Sin nombre',
  nothingSaid: 'No dijo de qué se trata',
  call: 'La llamada',
  empty: {
    title: 'Aún no hay clientes potenciales',
    about:
      'Cuando alguien se interesa por lo que usted ofrece, aparece aquí con lo que quiere, para que pueda devolverle la llamada. Hágase pasar por un cliente nuevo para ver cómo.',
    action: 'Llamar a su secretaria',
  },
  none: {
    new: {
      title: 'No hay nuevos',
      about: 'Ya se ha contactado con todos. Los nuevos aparecen aquí por sí solos.',
    },
    contacted: { title: 'No se habla con nadie', about: 'Marque un cliente nuevo como contactado.' },
    won: { title: 'Aún no hay ganados', about: 'Cuando alguien se haga cliente, márquelo como ganado.' },
    lost: { title: 'Ninguno perdido', about: 'Aquí quedan los que no llegaron a nada.' },
  },
};
