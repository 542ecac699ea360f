import type { Words } from '../en/index.ts';
import { count } from './count.ts';

export const keeping: Words['keeping'] = {
  purposes: {
    messages: {
      title: 'Atender llamadas y tomar mensajes',
      about: 'Para eso está una secretaria; no se puede desactivar.',
    },
    appointments: {
      title: 'Dar citas',
      about: 'Busca un hueco dentro de su horario, y lo cambia o lo anula cuando quien llama lo pide.',
    },
    leads: {
      title: 'Anotar quién podría ser cliente',
      about: 'Guarda lo que interesa a quien llama, para que usted pueda devolverle la llamada.',
    },
    recordings: {
      title: 'Grabar llamadas',
      about: 'Solo si la grabación está además activada en la secretaria. Se avisa antes de que nadie hable.',
    },
  },
  presets: {
    'standard': { title: '90 días', about: 'Suficiente para consultar algo pasado un trimestre.' },
    'short': { title: '30 días', about: 'Para quien revisa las llamadas dentro del mes.' },
    'minimal': { title: '7 días', about: 'Lo mínimo que resulta práctico.' },
    'account-life': {
      title: 'Quienes llaman, mientras dure la cuenta',
      about: 'Números, nombres, clientes potenciales y citas se quedan con usted; lo dicho se borra a los 90 días.',
    },
    'sync-and-purge': {
      title: 'Hasta que lo tenga su propio sistema',
      about:
        'Cinco minutos después de que confirme una llamada se borran palabras y nombres y se ocultan los números; lo demás, a los 30 días.',
    },
    'custom': { title: 'Sus propios plazos', about: 'Un plazo para cada cosa, de un día a diez años.' },
  },
  kinds: {
    recordings: { title: 'Grabaciones', about: 'desde que se hicieron' },
    calls: { title: 'Llamadas', about: 'palabras, número y nombre; desde su final' },
    messages: { title: 'Mensajes', about: 'desde que se tomaron' },
    people: { title: 'Quienes llaman', about: 'número y nombre; desde su última llamada' },
    leads: { title: 'Clientes potenciales', about: 'desde que se anotaron' },
    appointments: { title: 'Citas', about: 'desde que han pasado' },
  },
  withAccount: 'con la cuenta',
  asLongAsAccount: 'Mientras dure la cuenta',
  handOver: {
    title: 'Olvidar una llamada cinco minutos después de que su propio sistema confirme que la tiene',
    about:
      'Se borran palabras y nombres, y de los números quedan las cuatro últimas cifras hasta que acaben los días de arriba.',
  },
  days: (days: number) => `${count(days)} ${days === 1 ? 'día' : 'días'}`,
  suffix: (days) => (days === 1 ? ' día' : ' días'),
};
