import type { Group, Language, Status } from '../claim.ts';

type Words = {
  readonly title: string;
  readonly intro: string;
  readonly computed: (at: string) => string;
  readonly skip: string;
  readonly summary: string;
  readonly failing: (count: number) => string;
  readonly calm: string;
  readonly partly: (proven: number, silent: number) => string;
  readonly neverExercised: { readonly title: string; readonly none: string; readonly some: string };
  readonly groups: { readonly [G in Group]: string };
  readonly statuses: { readonly [S in Status]: { readonly name: string; readonly means: string } };
  readonly found: { readonly [S in Status]?: (checked: number) => string };
  readonly since: string;
  readonly lastLook: string;
  readonly neverLooked: string;
  readonly more: string;
  readonly how: string;
  readonly yourself: string;
  readonly orRun: string;
  readonly facts: string;
  readonly every: string;
  readonly seenFailing: string;
  readonly notSeenFailing: string;
  readonly kept: string;
  readonly promises: string;
  readonly finding: string;
  readonly notClaimed: { readonly title: string; readonly rest: (known: number, claimed: number) => string };
  readonly legend: string;
  readonly dataMap: string;
  readonly machine: string;
  readonly duration: { readonly [U in 'second' | 'minute' | 'hour' | 'day']: (count: number) => string };
};

/** Every word of the page that is not a claim's own. A language is one entry. */
export const words: { readonly [L in Language]: Words } = {
  en: {
    title: 'What this installation promises, and what was seen',
    intro:
      'Each line below is a promise with a check behind it that runs here, on its own, again and again. Before a check is believed it has to notice a violation that was planted on purpose. The status follows from what was seen; nobody can type it.',
    computed: (at) => `Computed from the evidence at ${at}.`,
    skip: 'Skip to the promises',
    summary: 'All promises by status',
    failing: (count) =>
      count === 1 ? 'One promise is not being kept right now.' : `${count} promises are not being kept right now.`,
    calm: 'No check has found anything broken.',
    partly: (proven, silent) =>
      `No check has found anything broken. ${proven} proven; ${silent} could not be answered or had nothing to look at, and count as neither.`,
    neverExercised: {
      title: 'Never exercised here',
      none: 'Every promise with a check has had something to look at on this installation.',
      some: 'Nothing has happened on this installation yet that these promises could be checked against. They are not counted as kept.',
    },
    groups: {
      isolation: 'Keeping organisations apart',
      access: 'Who may come in, and do what',
      calls: 'During and after a call',
      keeping: 'How long things are kept, and what for',
      encryption: 'Encryption',
      edge: 'What is let in',
      processors: 'What goes out',
      audit: 'The audit log',
      trust: 'Reports and seals',
    },
    statuses: {
      'proven': {
        name: 'Proven',
        means: 'A recent check found nothing broken, had something to look at, and was seen failing on purpose.',
      },
      'not-exercised': {
        name: 'Not exercised',
        means: 'Nothing broken was found, because there was nothing to look at yet.',
      },
      'failing': { name: 'Failing', means: 'The check found the promise broken, or the check itself does not work.' },
      'unknown': {
        name: 'Unknown',
        means: 'The check could not look, was never seen failing here, or its last look is too old to count.',
      },
      'attested': { name: 'Attested', means: 'An outside document says so, and it is in date.' },
      'attestation-expired': { name: 'Attestation expired', means: 'An outside document said so, and it has run out.' },
      'in-force': { name: 'In force', means: 'People do this; every deadline was kept.' },
      'overdue': { name: 'Overdue', means: 'People do this; a deadline has passed.' },
      'roadmap': { name: 'Not built yet', means: 'The promise is known, and nothing keeps it yet.' },
      'not-claimed': { name: 'Not claimed', means: 'We do not say this of ourselves.' },
    },
    found: {
      'proven': (checked) => `${checked} checked, nothing broken.`,
      'not-exercised': () => 'Nothing to check yet.',
      'failing': () => 'The check found this broken.',
      'unknown': () => 'There is no answer that counts.',
      'in-force': (checked) => `${checked} checked, every deadline kept.`,
      'overdue': () => 'A deadline has passed.',
    },
    since: 'since',
    lastLook: 'Last look',
    neverLooked: 'Not looked at yet.',
    more: 'How it is kept, and how to check it yourself',
    how: 'How it is kept',
    yourself: 'Check it yourself',
    orRun: 'Or run the same check on your own installation:',
    facts: 'About the check',
    every: 'Runs every',
    seenFailing: 'Seen failing on purpose',
    notSeenFailing: 'never on this installation',
    kept: 'Kept by',
    promises: 'Promises in the catalogue',
    finding: 'What the check reported',
    notClaimed: {
      title: 'What we do not claim',
      rest: (known, claimed) =>
        `The catalogue of this program knows ${known} promises. ${claimed} of them have a check on this page; about the other ${known - claimed} nothing is claimed here.`,
    },
    legend: 'What the words mean',
    dataMap: 'What is kept here, whose it is, and how it ends',
    machine: 'The same as data',
    duration: {
      second: (count) => (count === 1 ? 'second' : `${count} seconds`),
      minute: (count) => (count === 1 ? 'minute' : `${count} minutes`),
      hour: (count) => (count === 1 ? 'hour' : `${count} hours`),
      day: (count) => (count === 1 ? 'day' : `${count} days`),
    },
  },
  es: {
    title: 'Lo que promete esta instalación y lo que se ha visto',
    intro:
      'Cada línea es una promesa con una comprobación detrás que se ejecuta aquí, por sí sola, una y otra vez. Antes de creerla, la comprobación tiene que detectar una infracción puesta a propósito. El estado se deduce de lo visto; nadie puede escribirlo.',
    computed: (at) => `Calculado a partir de las pruebas el ${at}.`,
    skip: 'Ir a las promesas',
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
    found: {
      'proven': (checked) => `${checked} comprobados, nada roto.`,
      'not-exercised': () => 'Aún no hay nada que comprobar.',
      'failing': () => 'La comprobación lo encontró roto.',
      'unknown': () => 'No hay una respuesta que cuente.',
      'in-force': (checked) => `${checked} comprobados, todos los plazos cumplidos.`,
      'overdue': () => 'Ha vencido un plazo.',
    },
    since: 'desde',
    lastLook: 'Última mirada',
    neverLooked: 'Aún no se ha mirado.',
    more: 'Cómo se cumple y cómo comprobarlo usted',
    how: 'Cómo se cumple',
    yourself: 'Compruébelo usted',
    orRun: 'O ejecute la misma comprobación en su propia instalación:',
    facts: 'Sobre la comprobación',
    every: 'Se ejecuta cada',
    seenFailing: 'Se la vio fallar a propósito',
    notSeenFailing: 'nunca en esta instalación',
    kept: 'Lo cumple',
    promises: 'Promesas del catálogo',
    finding: 'Lo que informó la comprobación',
    notClaimed: {
      title: 'Lo que no alegamos',
      rest: (known, claimed) =>
        `El catálogo de este programa conoce ${known} promesas. ${claimed} tienen una comprobación en esta página; sobre las otras ${known - claimed} aquí no se alega nada.`,
    },
    legend: 'Qué significan las palabras',
    dataMap: 'Qué se guarda aquí, de quién es y cómo termina',
    machine: 'Lo mismo, como datos',
    duration: {
      second: (count) => (count === 1 ? 'segundo' : `${count} segundos`),
      minute: (count) => (count === 1 ? 'minuto' : `${count} minutos`),
      hour: (count) => (count === 1 ? 'hora' : `${count} horas`),
      day: (count) => (count === 1 ? 'día' : `${count} días`),
    },
  },
};
