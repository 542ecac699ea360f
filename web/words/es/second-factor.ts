import type { Words } from '../en/index.ts';

export const secondFactor: Words['secondFactor'] = {
  title: 'Una cosa más',
  aboutApp: 'Abra su aplicación de autenticación y escriba el código que muestra para Sotto.',
  aboutPasskey: 'Su dispositivo le pide la huella, la cara o el PIN.',
  aboutRecovery: 'Uno de los códigos que guardó al configurarlo. Cada uno sirve una vez.',
  code: 'Código de seis cifras',
  recoveryCode: 'Código de recuperación',
  confirm: 'Confirmar',
  startAgain: 'Entrar como otra persona',
  passkey: 'Usar su llave de acceso',
  useApp: 'Usar la aplicación de autenticación',
  usePasskey: 'Usar una llave de acceso',
  useRecovery: 'Usar un código de recuperación',
  elsewhere: (origin) => `Su llave de acceso funciona en ${origin}.`,
  nothing: 'Nada de lo que podría mostrar funciona en esta dirección. Abra Sotto con su propio nombre.',
  passkeyStopped: 'No se mostró la llave de acceso. Inténtelo de nuevo o use otra cosa.',
  passkeyKnown: 'Este dispositivo ya tiene una llave de acceso para su cuenta.',
  stepUp: {
    title: 'Confirme que es usted',
    about: 'Esto puede causar daños duraderos y por eso pide su segundo factor. Después vale durante diez minutos.',
    none: 'Para esto necesita un segundo factor',
    noneAbout:
      'Lo que podría causar daños duraderos (equipo, claves, proveedores) solo lo hace quien muestra un segundo factor: una llave de acceso o una aplicación de autenticación. Todavía no tiene ninguno. Añadirlo lleva un minuto.',
    add: 'Añadir uno en su cuenta',
    later: 'Ahora no',
  },
};
