import type { DataClass, Rule, Subject } from '#safeguards/retention';
import type { Language } from '../claim.ts';

type Words = {
  readonly title: string;
  readonly intro: string;
  readonly computed: (at: string) => string;
  readonly skip: string;
  readonly contents: string;
  readonly subjects: { readonly [S in Subject]: { readonly title: string; readonly says: string } };
  readonly howLong: string;
  readonly ends: string;
  readonly endings: { readonly [E in Rule['ends'][number]]: string };
  readonly endsNever: string;
  readonly nowhere: string;
  readonly where: (columns: number, places: number) => string;
  readonly columns: string;
  readonly classOf: string;
  readonly holds: string;
  readonly places: string;
  readonly classes: { readonly [C in DataClass]: string };
  readonly unclassed: string;
  readonly usual: { readonly title: string; readonly says: string; readonly type: string; readonly handOver: string };
  readonly sooner: (length: string) => string;
  readonly notSooner: string;
  readonly account: string;
  readonly outside: { readonly title: string; readonly says: string };
  readonly gets: string;
  readonly region: string;
  readonly hosts: string;
  readonly keeps: string;
  readonly keepsNothing: string;
  readonly nothing: string;
  readonly days: (count: number, from: 'made' | 'deleted') => string;
  readonly openEnded: (isDeletable: boolean) => string;
  readonly deletable: string;
  readonly notDeletable: string;
  readonly unverified: string;
  readonly source: string;
  readonly operator: string;
  readonly noQueue: { readonly title: string; readonly says: string };
  readonly backToTrust: string;
  readonly machine: string;
};

/** Every word of the data map that is not a rule's or a vendor's own. A language is one entry. */
export const dataWords: { readonly [L in Language]: Words } = {
  en: {
    title: 'What is kept here, whose it is, and how it ends',
    intro:
      'Every column of the database, every folder, every file, every memory and everyone outside who gets something of it. This page is made from the rules by which the program deletes, held against the database that is running now: a column or a folder without a rule would stop the tests.',
    computed: (at) => `Read from the running database at ${at}.`,
    skip: 'Skip to the types of data',
    contents: 'On this page',
    subjects: {
      caller: { title: 'About people who call', says: 'What the secretary hears and writes down.' },
      member: { title: 'About members of the team', says: 'Those who sign in.' },
      business: { title: 'Of the business', says: 'What it told the secretary, and its own credentials.' },
      installation: { title: 'Of the installation', says: 'About nobody in particular.' },
    },
    howLong: 'How long',
    ends: 'How it ends',
    endings: {
      key: 'its key is destroyed, which makes every copy unreadable',
      value: 'the fields are emptied',
      row: 'the row is deleted',
      object: 'the file is deleted where it lies',
      memory: 'it is let go of; it was never on a disk',
    },
    endsNever: 'It does not end on its own.',
    nowhere: 'Nothing of this kind lies anywhere in this version.',
    where: (columns, places) =>
      [
        columns > 0 && (columns === 1 ? '1 column' : `${columns} columns`),
        places > 0 && `${places} ${columns > 0 ? 'other ' : ''}${places === 1 ? 'place' : 'places'}`,
      ]
        .filter(Boolean)
        .join(', '),
    columns: 'Column',
    classOf: 'Class',
    holds: 'What it holds',
    places: 'Outside of the tables',
    classes: {
      id: 'id',
      operational: 'operational',
      business: 'of the business',
      personal: 'personal, sealed',
      secret: 'secret',
      index: 'keyed hash',
    },
    unclassed: 'no class',
    usual: {
      title: 'The usual settings',
      says: 'Each business sets these itself: one of the usual settings, or days of its own from 1 to 3650. None is without an end.',
      type: 'Type of data',
      handOver: 'After a confirmed hand-over to a system of the business',
    },
    sooner: (length) => `what was said, names and numbers go within ${length}`,
    notSooner: 'no sooner for that',
    account: 'life of the account, and 30 days',
    outside: {
      title: 'Who outside gets something',
      says: 'Only those that the business or the operator has connected. The program can reach nobody else: the list of hosts that may be dialled is made from the same files.',
    },
    gets: 'Gets',
    region: 'Where',
    hosts: 'Reached at',
    keeps: 'What stays there',
    keepsNothing: 'Nothing stays there.',
    nothing: 'Nothing stays.',
    days: (count, from) =>
      `${count === 1 ? '1 day' : `${count} days`} from ${{ made: 'when it came about', deleted: 'its deletion' }[from]}`,
    openEnded: (isDeletable) => (isDeletable ? 'until it is deleted' : 'as long as they see fit'),
    deletable: 'Sotto has it deleted and reads back that it is gone.',
    notDeletable: 'It cannot be deleted from here.',
    unverified: 'Not read at the source.',
    source: 'Source',
    operator: 'The operator knows',
    noQueue: {
      title: 'What there is not',
      says: 'No queue of jobs holds anything about anybody: background work looks at the tables. No column can hold a payment card, no cookie follows anybody, and nothing is recorded where recording is off.',
    },
    backToTrust: 'What this installation promises, and what was seen',
    machine: 'The same as data',
  },
  es: {
    title: 'Qué se guarda aquí, de quién es y cómo termina',
    intro:
      'Cada columna de la base de datos, cada carpeta, cada archivo, cada memoria y todo el que recibe algo de ello fuera. Esta página sale de las reglas con las que el programa borra, contrastadas con la base de datos que está en marcha ahora: una columna o una carpeta sin regla haría fallar las pruebas.',
    computed: (at) => `Leído de la base de datos en marcha el ${at}.`,
    skip: 'Ir a los tipos de datos',
    contents: 'En esta página',
    subjects: {
      caller: { title: 'De quienes llaman', says: 'Lo que la secretaria oye y anota.' },
      member: { title: 'De los miembros del equipo', says: 'Quienes entran en el programa.' },
      business: { title: 'Del negocio', says: 'Lo que ha dicho a la secretaria, y sus propias credenciales.' },
      installation: { title: 'De la instalación', says: 'No trata de nadie en particular.' },
    },
    howLong: 'Cuánto tiempo',
    ends: 'Cómo termina',
    endings: {
      key: 'se destruye su clave, lo que hace ilegible cualquier copia',
      value: 'se vacían los campos',
      row: 'se borra la fila',
      object: 'se borra el archivo allí donde está',
      memory: 'se suelta; nunca estuvo en un disco',
    },
    endsNever: 'No termina por sí solo.',
    nowhere: 'En esta versión no hay nada de este tipo en ningún sitio.',
    where: (columns, places) =>
      [
        columns > 0 && (columns === 1 ? '1 columna' : `${columns} columnas`),
        places > 0 && `${places} ${places === 1 ? 'lugar' : 'lugares'}${columns > 0 ? ' más' : ''}`,
      ]
        .filter(Boolean)
        .join(', '),
    columns: 'Columna',
    classOf: 'Clase',
    holds: 'Qué contiene',
    places: 'Fuera de las tablas',
    classes: {
      id: 'id',
      operational: 'operativo',
      business: 'del negocio',
      personal: 'personal, sellado',
      secret: 'secreto',
      index: 'hash con clave',
    },
    unclassed: 'sin clase',
    usual: {
      title: 'Los ajustes habituales',
      says: 'Cada negocio los fija por sí mismo: uno de los ajustes habituales, o días propios de 1 a 3650. Ninguno carece de final.',
      type: 'Tipo de datos',
      handOver: 'Tras una entrega confirmada a un sistema del negocio',
    },
    sooner: (length) => `lo dicho, los nombres y los números desaparecen en ${length}`,
    notSooner: 'no antes por ello',
    account: 'lo que dure la cuenta, y 30 días',
    outside: {
      title: 'Quién recibe algo fuera',
      says: 'Solo aquellos que el negocio o el operador ha conectado. El programa no puede llegar a nadie más: la lista de servidores a los que puede conectarse sale de los mismos archivos.',
    },
    gets: 'Recibe',
    region: 'Dónde',
    hosts: 'Se llega por',
    keeps: 'Qué queda allí',
    keepsNothing: 'Allí no queda nada.',
    nothing: 'No queda nada.',
    days: (count, from) =>
      `${count === 1 ? '1 día' : `${count} días`} desde ${{ made: 'que se produjo', deleted: 'su borrado' }[from]}`,
    openEnded: (isDeletable) => (isDeletable ? 'hasta que se borre' : 'lo que ellos crean oportuno'),
    deletable: 'Sotto lo hace borrar y vuelve a leer para ver que ya no está.',
    notDeletable: 'No se puede borrar desde aquí.',
    unverified: 'No leído en la fuente.',
    source: 'Fuente',
    operator: 'Lo sabe el operador',
    noQueue: {
      title: 'Lo que no hay',
      says: 'Ninguna cola de trabajos contiene nada de nadie: el trabajo de fondo mira las tablas. Ninguna columna puede contener una tarjeta de pago, ninguna cookie sigue a nadie, y no se graba nada donde la grabación está apagada.',
    },
    backToTrust: 'Lo que promete esta instalación y lo que se ha visto',
    machine: 'Lo mismo, como datos',
  },
};
