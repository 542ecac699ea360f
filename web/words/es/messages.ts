import type { Words } from '../en/index.ts';

export const messages: Words['messages'] = {
  title: 'Mensajes',
  about: 'Lo que quieren hacerle llegar. Marque lo que ya haya atendido y saldrá del montón.',
  show: 'Mostrar',
  open: 'Pendientes',
  urgent: 'Urgentes',
  done: 'Atendidos',
  all: 'Todos',
  isUrgent: 'Urgente',
  anonymous: 'Sin nombre',
  reach: 'Devolver la llamada',
  call: 'La llamada',
  doneAt: 'Atendido',
  markDone: 'Atendido',
  reopen: 'Aún pendiente',
  markDoneOf: (name) => `Atendido: mensaje de ${name}`,
  reopenOf: (name) => `Aún pendiente: mensaje de ${name}`,
  erased: 'Las palabras se han borrado.',
  empty: {
    title: 'Aún no hay mensajes',
    about:
      'Cuando alguien deja un mensaje, aparece aquí con su nombre, un número para devolver la llamada y si es urgente. Deje uno usted para ver cómo.',
    action: 'Llamar a su secretaria',
  },
  caughtUp: {
    title: 'Todo atendido',
    about: 'Nadie espera respuesta. Los mensajes nuevos aparecen aquí por sí solos.',
  },
  noneUrgent: { title: 'Nada urgente', about: 'Aquí se ven, marcados, los mensajes de quienes dicen que es urgente.' },
  noneDone: { title: 'Aún no hay nada atendido', about: 'Aquí quedan los mensajes que alguien marca como atendidos.' },
};
