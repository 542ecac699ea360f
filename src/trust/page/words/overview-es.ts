import type { OverviewWords } from './overview.ts';

export const es: OverviewWords = {
  title: 'Lo que promete esta instalación y lo que se ha visto',
  short: 'Promesas',
  intro:
    'Cada línea es una promesa con una comprobación detrás que se ejecuta aquí, por sí sola, una y otra vez. Antes de creerla, la comprobación tiene que detectar una infracción puesta a propósito. El estado se deduce de lo visto; nadie puede escribirlo.',
  computed: (at) => `Calculado a partir de las pruebas el ${at}.`,
  summary: 'Todas las promesas por estado',
  failing: (count) =>
    count === 1
      ? 'Una promesa no se está cumpliendo ahora mismo.'
      : `${count} promesas no se están cumpliendo ahora mismo.`,
  calm: 'Ninguna comprobación ha encontrado nada roto.',
  partly: (proven, silent) =>
    `Ninguna comprobación ha encontrado nada roto. ${proven} probadas; ${silent} no tuvieron respuesta o nada que mirar, y no cuentan ni a favor ni en contra.`,
  neverExercised: {
    title: 'Nunca puesto a prueba aquí',
    none: 'Toda promesa con comprobación ha tenido algo que mirar en esta instalación.',
    some: 'En esta instalación aún no ha ocurrido nada con lo que comprobar estas promesas. No cuentan como cumplidas.',
  },
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
      means: 'Una comprobación reciente no encontró nada roto, tuvo algo que mirar y se la vio fallar a propósito.',
    },
    'not-exercised': { name: 'Sin ejercitar', means: 'No se encontró nada roto porque aún no había nada que mirar.' },
    'failing': {
      name: 'Incumplido',
      means: 'La comprobación encontró la promesa rota, o la propia comprobación no funciona.',
    },
    'unknown': {
      name: 'Desconocido',
      means: 'La comprobación no pudo mirar, nunca se la vio fallar aquí, o su última mirada es demasiado antigua.',
    },
    'attested': { name: 'Acreditado', means: 'Lo dice un documento externo, y está vigente.' },
    'attestation-expired': { name: 'Acreditación caducada', means: 'Lo decía un documento externo, y ha caducado.' },
    'in-force': { name: 'En vigor', means: 'Lo hacen personas; se cumplieron todos los plazos.' },
    'overdue': { name: 'Con retraso', means: 'Lo hacen personas; ha vencido un plazo.' },
    'roadmap': { name: 'Aún no construido', means: 'La promesa se conoce, y nada la cumple todavía.' },
    'not-claimed': { name: 'No se alega', means: 'No decimos esto de nosotros.' },
  },
  since: ['desde ', ''],
  notBuilt: {
    title: 'Aún no construido',
    says: 'Promesas del catálogo que nada cumple todavía. Nadie puede contar con ellas.',
  },
  notClaimed: {
    title: 'Lo que no alegamos',
    rest: (known, claimed) =>
      `El catálogo de este programa conoce ${known} promesas. ${claimed} tienen una comprobación en esta página; sobre las otras ${known - claimed} aquí no se alega nada.`,
  },
  legend: 'Qué significan las palabras',
};
