import type { Language } from '../language.ts';
import type { FactorChange } from '../notice.ts';

/** So many promises are named in one mail. */
const mostNamed = 20;

export default {
  letters: {
    'sign-in-link': ({ minutes }) => ({
      subject: 'Su enlace de acceso',
      before: [`Con este enlace entra en Sotto. Sirve una sola vez, durante ${count(minutes, 'minuto')}.`],
      link: 'Entrar',
      after: ['Si no lo ha pedido, no haga nada: sin el enlace nadie entra. No lo comparta.'],
    }),
    'sign-up-link': ({ minutes }) => ({
      subject: 'Confirme su dirección',
      before: [
        'Alguien quiere abrir una cuenta en Sotto con esta dirección.',
        `Si ha sido usted, confírmela en el plazo de ${count(minutes, 'minuto')}.`,
      ],
      link: 'Confirmar y continuar',
      after: ['Si no ha sido usted, no haga nada: sin este enlace no se crea ninguna cuenta.'],
    }),
    'account-exists': () => ({
      subject: 'Ya tiene una cuenta',
      before: [
        'Alguien ha querido abrir una cuenta en Sotto con esta dirección. Ya existe una, así que no se ha cambiado nada.',
        'Si ha sido usted, inicie sesión; si ha perdido la contraseña, pida allí un enlace de acceso.',
        'Si no ha sido usted, no tiene que hacer nada.',
      ],
    }),
    'locked': ({ minutes }) => ({
      subject: 'Su acceso está bloqueado por ahora',
      before: [
        `Ha habido demasiados intentos fallidos de entrar en su cuenta, así que durante ${count(minutes, 'minuto')} no se aceptan contraseñas ni códigos. Una llave de acceso sigue funcionando.`,
        'Si no ha sido usted, alguien está probando: elija otra contraseña y añada una llave de acceso o una aplicación de autenticación.',
      ],
    }),
    'password-changed': () => ({
      subject: 'Su contraseña ha cambiado',
      before: [
        'La contraseña de su cuenta ha cambiado y se han cerrado las demás sesiones.',
        'Si no ha sido usted, pida enseguida un enlace de acceso, elija otra contraseña y revise sus métodos de acceso.',
      ],
    }),
    'factor-changed': ({ what }) => ({
      subject: 'Sus métodos de acceso han cambiado',
      before: [
        factors[what],
        'Si no ha sido usted, entre enseguida, deshágalo, elija otra contraseña y cierre las demás sesiones.',
      ],
    }),
    'invitation': ({ organisation, by, days }) => ({
      subject: 'Una invitación a Sotto',
      before: [
        `${by} le invita a trabajar con «${organisation}» en Sotto, donde se atienden llamadas y se toman recados.`,
        `La invitación es para esta dirección y vale ${count(days, 'día')}.`,
      ],
      link: 'Aceptar la invitación',
      after: ['Si no conoce a esta persona, no haga nada.'],
    }),
    'unusual-sign-in': () => ({
      subject: 'Un acceso desde un lugar nuevo',
      before: [
        'Alguien ha entrado en su cuenta desde un dispositivo o un lugar que no habíamos visto antes con ella.',
        'Si no ha sido usted, entre enseguida, cierre esa sesión y elija otra contraseña.',
      ],
    }),
    'key-made': ({ name }) => ({
      subject: 'Se ha creado una clave de API',
      before: [
        `En su organización se ha creado una clave de API llamada «${name}».`,
        'Si no la ha creado nadie de ustedes, revóquela enseguida: quien la tenga puede hacer lo que permitan sus alcances.',
      ],
    }),
    'account-closing': ({ organisation, day }) => ({
      subject: 'Su cuenta se va a cerrar',
      before: [
        `Una de las personas propietarias de «${organisation}» ha pedido cerrar su cuenta en Sotto. El ${day} (UTC) se borrará todo: llamadas, grabaciones, recados, contactos comerciales, citas, miembros y ajustes. Después no se podrá recuperar.`,
        'Hasta ese día se atienden las llamadas como siempre, y cualquier persona propietaria puede anularlo en Ajustes.',
        'Si no ha sido nadie de ustedes, entre enseguida, anúlelo y revise sus miembros y sesiones.',
      ],
    }),
    'deletions-unconfirmed': ({ companies, late, givenUp }) => ({
      subject: 'Hay borrados sin confirmar en otros sitios',
      before: [
        `Lo que su organización ha borrado aquí debe desaparecer también en ${companies.join(', ')}. Allí no está confirmado.`,
        ...(late > 0
          ? [`${count(late, 'borrado')}: pedidos hace más de un día. Seguimos pidiéndolo, por lo general una semana.`]
          : []),
        ...(givenUp > 0
          ? [
              `${count(givenUp, 'borrado')}: abandonados. Lo que quede allí deben borrarlo ustedes, en su cuenta de allí.`,
            ]
          : []),
        'Mire en Conexiones si su cuenta de allí está conectada y aceptada; en cuanto lo esté, seguimos por nuestra cuenta.',
      ],
    }),
    'claims-turned': ({ failing, over }) => ({
      subject: failing.length > 0 ? 'No se está cumpliendo una promesa' : 'Se vuelve a cumplir una promesa',
      before: [
        ...(failing.length > 0 ? ['Las comprobaciones de esta instalación encontraron rotas estas promesas:'] : []),
        ...failing.slice(0, mostNamed).map(({ claim, since, found }) => `${claim}, desde ${since}: ${found}`),
        ...(failing.length > mostNamed ? [`Y ${failing.length - mostNamed} más.`] : []),
        ...(over.length > 0 ? ['Estas vuelven a cumplirse:'] : []),
        ...over.slice(0, mostNamed).map(({ claim, since }) => `${claim}, rota desde ${since}`),
        'En la máquina: ./sotto prove',
      ],
      link: 'Abrir la página de confianza',
    }),
    'clock-doubted': ({ says, known }) => ({
      subject: 'Puede que el reloj de la máquina esté mal',
      before: [
        `Dice ${says} (UTC). Por lo último que se sabía, es ${known} o algo después.`,
        'Hasta que se aclare no se borra nada por su antigüedad: lo que se borra antes de tiempo no se puede recuperar. Las llamadas se atienden como siempre.',
        'Si el reloj está mal, corríjalo. Si está bien, dígalo en la máquina: ./sotto keys clock --believe',
      ],
    }),
    'documents-ending': ({ documents }) => ({
      subject: 'Caduca un documento de la página de confianza',
      before: [
        'Después de su último día, un documento ya no respalda nada en la página de confianza:',
        ...documents.map(({ title, issuer, until }) => `«${title}», de ${issuer}: último día ${until} (UTC).`),
        'Añada el siguiente en la máquina: ./sotto attest add FILE',
      ],
      link: 'Abrir la página de confianza',
    }),
    'report-received': ({ report, until }) => ({
      subject: 'Se ha comunicado una vulnerabilidad',
      before: [
        `Alguien ha comunicado una vulnerabilidad de esta instalación: ${report}.`,
        `Se prometió decir antes del ${until} que ha llegado. En la máquina: ./sotto reports show ${report}`,
        'Lo que dice no está en este correo.',
      ],
    }),
    'report-due': ({ report, what, until }) => ({
      subject: 'Vence pronto un plazo de una vulnerabilidad comunicada',
      before: [
        `Aviso ${report}: ${promised[what]} antes del ${until}.`,
        `En la máquina: ./sotto reports show ${report}`,
      ],
    }),
    'report-missed': ({ report, what, until }) => ({
      subject: 'No se ha cumplido un plazo de una vulnerabilidad comunicada',
      before: [
        `Aviso ${report}: ${promised[what]} antes del ${until}. El plazo ha pasado, y la página de confianza lo dice.`,
        `En la máquina: ./sotto reports show ${report}`,
      ],
    }),
    'report-step': ({ step }) => ({
      subject: 'Novedades de lo que nos comunicó',
      before: [
        steps[step],
        'La página cuya dirección recibió al enviarlo muestra su estado y nuestras respuestas. Gracias por decírnoslo.',
        'Si no ha comunicado nada, alguien escribió mal su dirección: no tiene que hacer nada.',
      ],
    }),
    'processor-coming': ({ processor: { name, purpose, data, region }, days, to }) => ({
      subject: `Una nueva empresa va a tratar datos: ${name}`,
      before: [
        `${to === 'customer' ? 'Su organización usa' : 'Usted pidió que le avisáramos de los cambios en'} esta instalación de Sotto, que va a recurrir a una empresa que antes no usaba: ${name}.`,
        `Para qué: ${purpose}. Qué llega a ver: ${data.join('; ')}. Dónde: ${region}.`,
        `No recibe nada hasta que pasen ${count(days, 'día')}, contados desde que se haya avisado a todos. Quien se oponga puede escribir a quienes operan esta instalación; su dirección está en la página del registro.`,
      ],
      link:
        to === 'customer' ? 'El registro de empresas que reciben datos' : 'El registro, y cómo terminar estos correos',
    }),
    'processor-urgent': ({ processor: { name, purpose, data, region }, reason, to }) => ({
      subject: `Una nueva empresa trata datos desde hoy: ${name}`,
      before: [
        `Esta instalación de Sotto recurre, sin la espera habitual, a una empresa que antes no usaba: ${name}.`,
        `Para qué: ${purpose}. Qué llega a ver: ${data.join('; ')}. Dónde: ${region}.`,
        `Quienes operan esta instalación dicen por qué no podía esperar: «${reason}»`,
        'Esta decisión, su hora y su motivo se publican y constan en el registro de auditoría.',
      ],
      link:
        to === 'customer' ? 'El registro de empresas que reciben datos' : 'El registro, y cómo terminar estos correos',
    }),
    'processor-withdrawn': ({ processor: { name }, reason, to }) => ({
      subject: `No se usa una empresa: ${name}`,
      before: [
        `Esta instalación de Sotto había anunciado una empresa que iba a tratar datos: ${name}. Se ha retirado y desde ahora no recibe nada.`,
        `Quienes operan esta instalación dicen por qué: «${reason}»`,
      ],
      link:
        to === 'customer' ? 'El registro de empresas que reciben datos' : 'El registro, y cómo terminar estos correos',
    }),
    'register-subscription': ({ hours }) => ({
      subject: 'Confirme su suscripción',
      before: [
        'Alguien quiere que llegue un correo a esta dirección cada vez que esta instalación de Sotto empiece a usar otra empresa que trate datos.',
        `Si ha sido usted, confírmelo en el plazo de ${count(hours, 'hora')}.`,
      ],
      link: 'Confirmar',
      after: ['Si no ha sido usted, no haga nada: no se envía nada y la dirección se borra.'],
    }),
  },
  footer: (origin) => `Enviado por Sotto en ${origin}. Nadie lee las respuestas a este correo.`,
} satisfies Language;

const factors: Readonly<Record<FactorChange, string>> = {
  'totp-added': 'Se ha añadido una aplicación de autenticación a su cuenta.',
  'totp-removed': 'Se ha quitado la aplicación de autenticación de su cuenta.',
  'passkey-added': 'Se ha añadido una llave de acceso a su cuenta.',
  'passkey-removed': 'Se ha quitado una llave de acceso de su cuenta.',
  'recovery-codes-made': 'Se han creado nuevos códigos de recuperación para su cuenta; los anteriores ya no sirven.',
  'recovery-code-used': 'Se ha usado un código de recuperación de su cuenta. Ya no sirve otra vez.',
  'passkey-copied':
    'Se ha rechazado una llave de acceso de su cuenta: su contador de usos ha retrocedido, así que puede haber una copia. Elimínela y añada otra.',
  'outside-linked': 'Se ha vinculado a su cuenta el acceso con otro proveedor.',
  'outside-unlinked': 'Se ha desvinculado de su cuenta el acceso con otro proveedor.',
};

const promised = {
  acknowledgement: 'debe confirmarse su recepción',
  assessment: 'debe valorarse',
  fix: 'debe corregirse, por ser de gravedad alta,',
} as const;

const steps = {
  acknowledged: 'Hemos recibido lo que nos comunicó y alguien lo está mirando.',
  assessed: 'Hemos examinado lo que nos comunicó y hemos dicho qué gravedad le damos.',
  fixed: 'Lo que nos comunicó está corregido.',
  closed: 'Hemos cerrado lo que nos comunicó.',
  answered: 'Hemos respondido a lo que nos comunicó.',
} as const;

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
