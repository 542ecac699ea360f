import type { Words } from '../en/index.ts';
import { count } from './count.ts';

const plural = (n: number, one: string, many: string) => (n === 1 ? one : `${count(n)} ${many}`);

export const trust: Words['trust'] = {
  title: 'Promesas',
  about:
    'Lo que promete esta instalación y lo que se ha visto. Cada promesa tiene una comprobación que se ejecuta aquí por sí sola; el estado se deduce de ella y nadie puede escribirlo.',
  publicPage: 'La página que todos pueden ver',
  computed: (at) => `Calculado el ${at}`,
  broken: {
    title: (n) => (n === 1 ? 'Una promesa no se está cumpliendo' : `${count(n)} promesas no se están cumpliendo`),
    about: 'Mírelo antes que nada. En cada una está lo que encontró la comprobación.',
    since: (at) => `Desde el ${at}`,
    show: 'Ver lo encontrado',
  },
  calm: {
    title: 'Ninguna comprobación ha encontrado nada roto',
    about: (proven, silent) =>
      silent === 0
        ? `${plural(proven, 'Una promesa está probada', 'promesas están probadas')}.`
        : `${plural(proven, 'Una promesa está probada', 'promesas están probadas')}. ${plural(silent, 'Otra no tenía', 'no tenían')} aún nada que mirar o no se pudieron mirar: no cuentan ni a favor ni en contra.`,
  },
  filter: 'Qué promesas se muestran',
  all: 'Todas',
  groups: {
    isolation: 'Separación entre organizaciones',
    access: 'Quién puede entrar, y hacer qué',
    calls: 'Durante y después de una llamada',
    keeping: 'Cuánto se guarda, y para qué',
    encryption: 'Cifrado',
    edge: 'Lo que se deja entrar',
    processors: 'Lo que sale',
    audit: 'El registro de auditoría',
    trust: 'Informes y sellos',
  },
  statuses: {
    'proven': {
      name: 'Probado',
      means: 'Se miró hace poco y no había nada roto; la comprobación se vio fallar a propósito.',
    },
    'not-exercised': { name: 'Sin ejercitar', means: 'No se encontró nada roto porque aún no había nada que mirar.' },
    'failing': { name: 'Incumplido', means: 'La comprobación lo encontró roto, o la propia comprobación no funciona.' },
    'unknown': {
      name: 'Desconocido',
      means: 'La comprobación no pudo mirar, o su última mirada es demasiado antigua.',
    },
    'attested': { name: 'Acreditado', means: 'Lo dice un documento externo, y está vigente.' },
    'attestation-expired': { name: 'Acreditación caducada', means: 'Lo decía un documento externo, y ha caducado.' },
    'in-force': { name: 'En vigor', means: 'Lo hacen personas; se cumplieron todos los plazos.' },
    'overdue': { name: 'Con retraso', means: 'Lo hacen personas; ha vencido un plazo.' },
    'roadmap': { name: 'Aún no construido', means: 'La promesa se conoce, y nada la cumple todavía.' },
    'not-claimed': { name: 'No se alega', means: 'Sotto no dice esto de sí mismo.' },
  },
  found: {
    checked: (n) => `${plural(n, 'una cosa mirada', 'cosas miradas')}, nada roto`,
    nothing: 'aún nada que mirar',
  },
  details: {
    finding: 'Lo que encontró la comprobación',
    how: 'Cómo se cumple y cómo mira la comprobación',
    why: 'Por qué no se alega',
    yourself: 'Véalo usted',
    run: 'O ejecute la comprobación ahora, donde corre Sotto:',
    last: 'Última mirada',
    never: 'Aún no se ha mirado',
    since: 'Así desde',
    checked: 'Mirado',
    every: 'Mira cada',
    red: 'Se la vio fallar a propósito',
    notRed: 'Nunca aquí, así que aún no prueba nada',
    kept: 'Lo cumple',
    catalogue: 'En el catálogo de promesas',
  },
  empty: 'Ninguna promesa tiene ahora este estado.',
  everyWords: {
    minutes: (n) => plural(n, 'minuto', 'minutos'),
    hours: (n) => plural(n, 'hora', 'horas'),
    days: (n) => plural(n, 'día', 'días'),
  },
  navigation: (n) => (n === 1 ? 'Una promesa incumplida' : `${count(n)} promesas incumplidas`),
};
