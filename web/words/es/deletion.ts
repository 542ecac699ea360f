import type { Words } from '../en/index.ts';
import { count } from './count.ts';

const some = (n: number, one: string, many: string) => (n === 0 ? [] : [n === 1 ? one : `${count(n)} ${many}`]);

export const deletion: Words['deletion'] = {
  title: 'Borrado',
  about: 'Olvide a alguien de inmediato, con un certificado de que se hizo. Lo demás termina solo, según los Ajustes.',
  view: 'Qué se muestra',
  views: { deletions: 'Borrados', holds: 'Retenciones legales' },
  forget: {
    title: 'Olvidar a una persona',
    about: 'Cuando alguien pide que se borren sus datos. Basta un número; aquí no se guarda.',
    number: 'Su número de teléfono',
    numberAbout: 'Sin prefijo de país se entiende que es de su país.',
    numberMistake: 'Un número de teléfono completo, como +1 500 555 0006.',
    verb: 'Olvidar a esta persona …',
    confirm: {
      title: (number) => `¿Olvidar ${number}?`,
      about: 'Todo lo de este número desaparece ahora, y nadie podrá recuperarlo, ni usted ni quien gestione Sotto:',
      goes: [
        'sus llamadas, con cada palabra, resumen y grabación',
        'los mensajes y los datos de cliente potencial que dejó',
        'sus citas, también las que aún están por llegar',
        'su número y su nombre',
      ],
      afterwards:
        'Después, Sotto no podrá volver a contactar nunca con esta persona. Que no hay que llamarla se conserva como un código que no revela ningún número.',
      elsewhere: 'A su operadora se le pide que borre lo que tenga de estas llamadas.',
      verb: 'Olvidar para siempre',
    },
    done: 'Olvidada',
    underWay: 'Solicitado',
    salt: 'Sal',
    saltAbout:
      'Con ella, y solo con ella, se puede comprobar que el certificado trata de este número. Guárdela con el certificado; no se muestra en ningún otro sitio.',
    copy: 'Copiar la sal',
    copied: 'Copiada',
    another: 'Olvidar a otra persona',
  },
  list: {
    title: 'Borrados a petición',
    scopes: { call: 'Una llamada', person: 'Una persona', organisation: 'Todo lo de la empresa' },
    asked: (who) => `lo pidió ${who}`,
    byGone: 'alguien que ya no está',
    byKey: 'un programa',
    byOperator: 'quien gestiona Sotto',
    certificate: 'Certificado',
    certificateOf: (what, when) => `Certificado: ${what}, ${when}`,
    none: {
      title: 'Nadie ha pedido aún que se le borre',
      about:
        'Aquí queda cada borrado a petición con su certificado: qué había, qué queda y quién lo confirmó. No contiene nada personal.',
    },
    verify: 'Cualquiera puede comprobar un certificado sin usted, solo con la clave pública. Donde funciona Sotto:',
    key: 'La clave pública',
  },
  states: {
    'under-way': { name: 'Solicitado', means: 'Se está borrando.' },
    'live-call': { name: 'En espera', means: 'De que termine una llamada en curso.' },
    'hold': { name: 'En espera', means: 'De que termine una retención legal.' },
    'object-store': {
      name: 'En espera',
      means: 'Las claves están destruidas y nada puede leerse. El almacén de grabaciones aún no responde.',
    },
    'processors': {
      name: 'Aquí no queda nada',
      means: 'Aún no lo han confirmado todos los demás proveedores. El certificado es provisional.',
    },
    'erased': { name: 'Aquí no queda nada', means: 'Se está escribiendo el certificado definitivo.' },
    'done': { name: 'Hecho', means: 'Aquí no queda nada, y el certificado dice qué respondió cada proveedor.' },
  },
  holds: {
    title: 'Retenciones legales',
    about:
      'Lo que es objeto de un litigio no puede borrarse hasta que acabe, aunque venza su plazo o alguien lo pida. Lo deciden dos personas.',
    ask: 'Pedir una retención',
    none: {
      title: 'No hay nada retenido',
      about:
        'Pida una retención si hay una demanda o la exige una autoridad. Hasta que otra persona la apruebe, solo suspende el borrado durante 72 horas.',
    },
    states: {
      'asked': 'Espera aprobación',
      'in-force': 'En vigor',
      'withdrawn': 'Retirada',
      'lapsed': 'Caducada: nadie la aprobó',
      'lifted': 'Levantada',
      'ended': 'Terminada',
    },
    person: (number) => `Todo lo de ${number}`,
    personOver: 'Todo lo de una persona',
    call: 'Una llamada',
    noReason: 'El motivo se ha borrado.',
    until: 'Hasta',
    holds: 'Retiene',
    nothing: 'nada todavía',
    asked: 'Pedida',
    approved: 'Aprobada',
    liftAsked: 'Levantamiento pedido',
    over: 'Fin',
    byGone: 'alguien que ya no está',
    parts: (n) => [
      ...some(n.call, 'una llamada', 'llamadas'),
      ...some(n.recording, 'una grabación', 'grabaciones'),
      ...some(n.message, 'un mensaje', 'mensajes'),
      ...some(n.lead, 'un cliente potencial', 'clientes potenciales'),
      ...some(n.appointment, 'una cita', 'citas'),
      ...some(n.contact, 'una persona que llamó', 'personas que llamaron'),
    ],
    lapses: (when) => `Hasta que otra persona la apruebe, solo suspende el borrado durante 72 horas: hasta el ${when}.`,
    own: 'La pidió usted; tiene que aprobarla otra persona.',
    liftOwn: (when) => `Usted pidió levantarla; otra persona tiene que decirlo también, hasta el ${when}.`,
    liftOther: (who, when) => `${who} quiere levantarla. Si usted lo dice también, hasta el ${when}, se acaba.`,
    approve: 'Aprobar',
    lift: 'Levantar',
    withdraw: 'Retirar',
    approving: {
      title: '¿Aprobar esta retención?',
      about: (until) =>
        `No se borrará nada de ello hasta el ${until}, lo pida quien lo pida. Dos personas pueden levantarla antes.`,
      verb: 'Aprobar',
    },
    withdrawing: {
      title: '¿Retirar esta retención?',
      about:
        'Lo que ya ha vencido se borra enseguida. Quien la pidió no podrá pedir la misma otra vez durante 30 días.',
      verb: 'Retirar',
    },
    lifting: {
      title: '¿Levantar esta retención?',
      first: 'Termina cuando una segunda persona lo diga también, en un plazo de 72 horas. Hasta entonces sigue.',
      second: 'Usted es la segunda persona que lo dice: termina ahora. Lo que ya ha vencido se borra enseguida.',
      verb: 'Levantar',
    },
    asking: {
      title: 'Pedir una retención legal',
      about:
        'Desde ahora no se borra nada de esta persona. Hasta que otra persona la apruebe, solo suspende el borrado durante 72 horas.',
      number: 'Número de teléfono',
      numberAbout: 'Completo, con el prefijo de país, como +1 500 555 0006.',
      numberMistake: 'Un número completo con el prefijo de país, como +1 500 555 0006.',
      reason: 'Motivo',
      reasonAbout:
        'De qué se trata, como el número del caso. Se guarda cifrado y se borra un año después de la retención.',
      reasonMistake: 'Diga por qué, en 2000 caracteres como máximo.',
      until: 'Termina después de este día',
      untilAbout: 'Como máximo dentro de diez años.',
      untilMistake: 'Un día futuro, como máximo dentro de diez años.',
      verb: 'Pedirla',
      done: 'Pedida. Otra persona tiene que aprobarla en 72 horas.',
    },
    approvedDone: 'La retención está en vigor.',
    withdrawnDone: 'La retención se ha retirado.',
    liftedDone: 'La retención ha terminado.',
    liftAskedDone: 'Otra persona tiene que decirlo también, en un plazo de 72 horas.',
  },
};
