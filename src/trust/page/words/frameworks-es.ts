import type { FrameworkWords } from './frameworks.ts';

export const es: FrameworkWords = {
  title: 'Leyes y normas',
  short: 'Leyes y normas',
  intro:
    'Hasta dónde llega esta instalación con cada una. El estado se deduce de las líneas de la ley o norma, de las promesas a las que remiten, tal como se mantienen en este momento, y de documentos vigentes. Nadie puede escribirlo.',
  computed: (at) => `Calculado a partir de las pruebas el ${at}.`,
  list: 'Cómo está cada una',
  statuses: {
    'not-claimed': {
      name: 'No se alega',
      means: 'Solo alguien externo podría decirlo y nadie lo ha hecho; o el programa no responde a ninguna línea.',
    },
    'roadmap': {
      name: 'En el plan',
      means: 'Al menos una línea aún no tiene respuesta, o se apoya en algo que no está construido.',
    },
    'documented': {
      name: 'Documentado',
      means:
        'Cada línea tiene respuesta. Es menos que mantenerla: las personas tienen su parte, y una comprobación puede fallar.',
    },
    'in-force': {
      name: 'En vigor',
      means:
        'La ley obliga, toda promesa a la que remiten sus líneas se mantiene ahora mismo, y el operador ha declarado con fecha que las tareas de las personas están hechas.',
    },
    'audited': {
      name: 'Auditado',
      means: 'Alguien externo ha informado sobre el operador, y el informe está vigente.',
    },
  },
  legend: 'Qué significan las palabras',
  states: {
    'holds': { name: 'Se mantiene ahora', means: 'Todas las promesas que la responden se mantienen en este momento.' },
    'failing': {
      name: 'Se apoya en una comprobación que falla',
      means: 'Una promesa que la responde no se está manteniendo.',
    },
    'unseen': {
      name: 'Respondida, no vista',
      means: 'Hay promesas que la responden, y de al menos una no hay prueba reciente en esta instalación.',
    },
    'people': { name: 'Para personas', means: 'Ningún programa puede hacerlo; dice qué deben hacer las personas.' },
    'open': { name: 'Abierta', means: 'Nada la responde aún, o lo que lo haría no está construido.' },
    'not-applicable': { name: 'No se aplica', means: 'Con el motivo.' },
  },
  legendOfLines: 'Qué hay detrás de una línea',
  held: (holds, lines) => `${holds} de ${lines} líneas se mantienen ahora mismo.`,
  leaning: (lines) =>
    lines === 1
      ? 'Una línea se apoya en una comprobación que falla.'
      : `${lines} líneas se apoyan en comprobaciones que fallan.`,
  advice: {
    title: 'Lo que estas páginas no dicen',
    says: 'Dicen lo que hace un programa, no que una organización respete una ley. Eso depende también de su gente, sus contratos y su negocio. No son asesoramiento jurídico.',
  },
  about: 'Sobre esta lista',
  edition: 'Edición',
  kind: 'Cómo se puede tener',
  kinds: {
    'law': 'Es una ley: obliga por sí misma.',
    'self-assessment': 'Quien está obligado responde por sí mismo, y firma.',
    'report': 'Solo puede decirlo alguien externo, en un informe.',
  },
  bound: 'A quién obliga',
  bounds: { operator: 'quien opera esta instalación', business: 'los negocios cuyas llamadas atiende' },
  applies: 'Cuándo',
  from: 'Obliga desde',
  notYet: (day) => `Aún no obliga entera: la última parte lo hace desde el ${day}.`,
  since: (day) => `Obliga entera desde el ${day}.`,
  source: 'De dónde vienen los números',
  confidences: {
    primary: 'Se leyó el propio texto.',
    secondary: 'Se leyó lo que otros dicen de él.',
    memory: 'Sin verificar: de memoria.',
  },
  unverified: 'sin verificar',
  unverifiedLines: (count) => `${count} líneas llevan un número sin verificar.`,
  report: 'Informe de alguien externo',
  noReport: 'Ninguno vigente. Sin él, nada aquí se llama auditado.',
  statement: 'Declaración del operador sobre las tareas de las personas',
  noStatement: 'Ninguna vigente. Sin ella, nada aquí se llama en vigor.',
  by: (issuer, from, until) => `${issuer}, ${from}, válido hasta el ${until}`,
  lines: 'Las líneas',
  asks: 'Qué pide, con nuestras palabras',
  answer: 'Respuesta',
  people: 'Lo que deben hacer las personas:',
  meanwhile: 'Lo que pueden hacer las personas mientras tanto:',
  promise: (title, id) => `Aún no construido: «${title}» (${id} de nuestro catálogo).`,
  nothing: 'Aún sin respuesta.',
  bindsFrom: (day) => `obliga desde el ${day}`,
  all: 'Todas las leyes y normas',
};
