import type { Language } from '../language.ts';
import type { FactorChange } from '../notice.ts';

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

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
