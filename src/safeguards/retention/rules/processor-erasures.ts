import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'What companies outside had to delete, and whether they did',
    es: 'Lo que empresas externas tenían que borrar, y si lo hicieron',
  },
  subject: 'business',
  purpose: {
    en: 'To have deleted elsewhere what was deleted here, to look until it is gone, and to show that it was. Ids, times and states, and the names that those companies give to calls, which mean nothing once they are gone; nothing of the person.',
    es: 'Hacer borrar en otros sitios lo borrado aquí, mirar hasta que haya desaparecido y demostrarlo. Ids, horas y estados, y los nombres que esas empresas dan a las llamadas, que nada significan una vez borradas; nada de la persona.',
  },
  covers: ['app.processor_erasures.*', 'app.processor_notices.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
