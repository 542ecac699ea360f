import type { Words } from '../en/index.ts';
import { deletionProblems } from './deletion-problems.ts';
import { entryProblems } from './entry-problems.ts';
import { teamProblems } from './team-problems.ts';

export const shell: Words['shell'] = {
  skip: 'Ir al contenido',
  menu: 'Menú',
  close: 'Cerrar',
  cancel: 'Cancelar',
  save: 'Guardar',
  loading: 'Cargando',
  tryAgain: 'Intentar de nuevo',
  reconnecting: 'Reconectando …',
  callSecretary: 'Llame a su secretaria',
  signOut: 'Cerrar sesión',
  account: 'Su cuenta',
  appearance: 'Apariencia',
  light: 'Claro',
  dark: 'Oscuro',
  likeDevice: 'Como el dispositivo',
  language: 'Idioma',
  loadMore: 'Cargar más',
  older: 'Anteriores',
  newest: 'Más recientes',
  reveal: 'Mostrar el número completo; queda registrado que usted lo hizo',
  copy: 'Copiar',
  copied: 'Copiado',
  groups: { work: 'Día a día', set: 'Configuración', watch: 'Confianza' },
  pages: {
    today: 'Hoy',
    calls: 'Llamadas',
    messages: 'Mensajes',
    leads: 'Clientes potenciales',
    appointments: 'Citas',
    agent: 'Secretaria',
    setup: 'Lista de pasos',
    connections: 'Conexiones',
    team: 'Equipo',
    keys: 'Claves de API',
    settings: 'Ajustes',
    trust: 'Promesas',
    audit: 'Registro de auditoría',
    deletion: 'Borrado',
  },
  problems: {
    ...entryProblems,
    ...teamProblems,
    ...deletionProblems,
    'number-masked': {
      title: 'Solo quedan las últimas cifras',
      detail: 'La llamada se entregó; el número entero está en el sistema que la tiene ahora.',
    },
    'unreachable': {
      title: 'Sotto no responde',
      detail: 'Se perdió la conexión o el servidor está arrancando. Se vuelve a intentar automáticamente.',
    },
    'page-broken': {
      title: 'Esta página falló',
      detail: 'Vuelva a cargarla. Si falla otra vez, lo último que hizo ayudará a quien la repare.',
    },
  },
  notFound: {
    title: 'No existe esta página',
    about: 'La dirección es incorrecta, o lo que había ya no está.',
    home: 'Ir a Hoy',
  },
  notAllowed: {
    title: 'Su rol no muestra esta página',
    about: 'Un propietario o administrador de la empresa puede darle otro rol.',
  },
};
