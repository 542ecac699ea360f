type Said = { readonly title: string; readonly detail: string };

/** Problems of coming in, and of one's own account. */
export const entryProblems: Readonly<Record<string, Said>> = {
  'sign-in-refused': {
    title: 'La dirección o la contraseña no es correcta',
    detail: 'Revise las dos. Un enlace por correo funciona sin contraseña.',
  },
  'sign-in-expired': {
    title: 'Este inicio de sesión ha terminado',
    detail: 'Esperó demasiado, ya se usó o empezó en otro navegador. Empiece de nuevo.',
  },
  'sign-in-needed': {
    title: 'No hay nadie con la sesión iniciada',
    detail: 'Inicie sesión primero.',
  },
  'sign-in-paused': {
    title: 'Demasiados intentos',
    detail: 'Espere unos minutos, o entre con un enlace por correo o una llave de acceso: funcionan enseguida.',
  },
  'rate-limited': {
    title: 'Demasiadas peticiones',
    detail: 'Espere un momento e inténtelo de nuevo.',
  },
  'busy': {
    title: 'Ahora mismo se pide demasiado',
    detail: 'Inténtelo de nuevo dentro de un momento.',
  },
  'link-expired': {
    title: 'Este enlace ha caducado',
    detail: 'Ya se usó, tiene más de media hora o no está completo. Pida otro.',
  },
  'input-invalid': {
    title: 'Hay algo que corregir',
    detail: 'Los campos marcados dicen qué.',
  },
  'second-factor-wrong': {
    title: 'El segundo factor no es correcto',
    detail: 'No coincide o ya se usó. Espere al código siguiente o use un código de recuperación.',
  },
  'step-up-needed': {
    title: 'Hace falta un segundo factor',
    detail: 'Muéstrelo otra vez, o inicie sesión de nuevo si todavía no tiene ninguno.',
  },
  'passkey-refused': {
    title: 'La llave de acceso no vale',
    detail: 'Se ha quitado o es de otra cuenta. Entre de otra forma.',
  },
  'passkeys-need-name': {
    title: 'Las llaves de acceso necesitan un nombre de host',
    detail: 'A Sotto se llega aquí por una dirección numérica. Póngale un nombre y ábralo con él.',
  },
  'too-many-passkeys': {
    title: 'Hay demasiadas llaves de acceso',
    detail: 'Quite una primero.',
  },
  'first-run-over': {
    title: 'La primera cuenta ya existe',
    detail: 'Inicie sesión o pida una invitación a su propietario.',
  },
  'first-run-code-wrong': {
    title: 'Falta el código, o no es correcto',
    detail: 'Escriba el código que mostró Sotto al iniciarse, o ábralo en la máquina en la que se ejecuta.',
  },
  'invitation-unknown': {
    title: 'No existe esa invitación',
    detail: 'Use el enlace del correo más reciente, entero.',
  },
  'invitation-over': {
    title: 'La invitación ha terminado',
    detail: 'Se usó, se retiró o caducó. Pida otra a quien se la envió.',
  },
  'invitation-for-other': {
    title: 'La invitación es para otra dirección',
    detail: 'Inicie sesión con la dirección a la que se envió.',
  },
  'already-member': {
    title: 'Usted ya pertenece a ese negocio',
    detail: 'Ábralo desde su cuenta.',
  },
  'last-owner': {
    title: 'Un negocio conserva un propietario',
    detail: 'Nombre antes a otro propietario.',
  },
  'cross-site-refused': {
    title: 'Otro sitio no puede hacer eso',
    detail: 'Ábralo desde la propia página de Sotto.',
  },
  'outside-refused': {
    title: 'El otro proveedor no respondió por usted',
    detail: 'No ha pasado nada. Empiece de nuevo o entre de otra forma.',
  },
  'outside-unknown': {
    title: 'Esa cuenta no está vinculada con nadie de aquí',
    detail: 'Entre de otra forma y vincúlela en su cuenta, o regístrese con ella si es su primera vez.',
  },
  'outside-unverified': {
    title: 'Ese proveedor no ha comprobado su dirección',
    detail: 'Regístrese con un enlace por correo.',
  },
  'outside-taken': {
    title: 'Con esa cuenta entra otra persona',
    detail: 'Desvincúlela allí primero o use otra.',
  },
  'sign-up-closed': {
    title: 'Aquí nadie puede registrarse',
    detail: 'Pida una invitación a alguien que ya esté dentro.',
  },
  'vendor-failed': {
    title: 'El otro proveedor no contesta',
    detail: 'Inténtelo dentro de un momento o entre de otra forma.',
  },
  'vendor-busy': {
    title: 'El otro proveedor está ocupado',
    detail: 'Inténtelo dentro de un momento o entre de otra forma.',
  },
  'passkey-stopped': {
    title: 'No se mostró ninguna llave de acceso',
    detail: 'El navegador dejó de preguntar o se canceló. Inténtelo de nuevo o use otra cosa.',
  },
  'passkey-known': {
    title: 'Ya hay una',
    detail: 'Este dispositivo ya tiene una llave de acceso para su cuenta.',
  },
};
