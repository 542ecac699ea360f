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
    standard: { title: '90 días', about: 'Suficiente para consultar algo pasado un trimestre.' },
    short: { title: '30 días', about: 'Para quien revisa las llamadas dentro del mes.' },
    minimal: { title: '7 días', about: 'Lo mínimo que resulta práctico.' },
    custom: { title: 'Sus propios plazos', about: 'Un plazo para cada cosa, de un día a diez años.' },
  },
  kinds: {
    recordings: { title: 'Grabaciones', about: 'desde que se hicieron' },
    calls: { title: 'Llamadas', about: 'palabras, número y nombre; desde su final' },
    messages: { title: 'Mensajes', about: 'desde que se tomaron' },
  },
  days: (days: number) => `${count(days)} ${days === 1 ? 'día' : 'días'}`,
  suffix: (days) => (days === 1 ? ' día' : ' días'),
};
