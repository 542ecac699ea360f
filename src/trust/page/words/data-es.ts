import type { DataWords } from './data.ts';

export const es: DataWords = {
  title: 'Qué se guarda aquí, de quién es y cómo termina',
  short: 'Mapa de datos',
  intro:
    'Cada columna de la base de datos, cada carpeta, cada archivo, cada memoria y todo el que recibe algo de ello fuera. Esta página sale de las reglas con las que el programa borra, contrastadas con la base de datos que está en marcha ahora: una columna o una carpeta sin regla haría fallar las pruebas.',
  computed: (at) => `Leído de la base de datos en marcha el ${at}.`,
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
  holds: 'Qué contiene (en inglés, como está en la base de datos)',
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
};
