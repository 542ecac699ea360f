import type { Words } from '../en/index.ts';

export const signIn: Words['signIn'] = {
  title: 'Iniciar sesión',
  promises: 'Lo que Sotto promete',
  email: 'Correo electrónico',
  password: 'Contraseña',
  submit: 'Iniciar sesión',
  or: 'o',
  passkey: 'Entrar con una llave de acceso',
  passkeyElsewhere: (origin) => `Para usar una llave de acceso, abra ${origin}`,
  with: (provider) => `Continuar con ${provider}`,
  link: 'Envíenme un enlace',
  linkAbout: '¿Olvidó la contraseña o nunca tuvo una? Un enlace le deja entrar, una vez.',
  linkNeedsEmail: 'Escriba antes su dirección',
  linkSent: {
    title: 'Mire su correo',
    about: (email) => `Si ${email} es de alguien de aquí, un enlace va de camino. Sirve una vez, durante 30 minutos.`,
    outbox: 'Esta instalación no envía correo. Quien la administra lee el enlace con:',
    again: 'Atrás',
  },
  newHere: '¿Es su primera vez?',
  signUp: 'Registrarse',
  known: '¿Ya tiene cuenta?',
  again: {
    title: 'Inicie sesión de nuevo',
    about:
      'Para añadir el primer segundo factor hace falta haber iniciado sesión en los últimos diez minutos. Después sigue donde estaba.',
  },
  mailed: {
    title: 'Entrar con este enlace',
    about: 'Sirve una vez. Pulse el botón en el navegador en el que quiere entrar.',
    submit: 'Iniciar sesión',
    none: 'Esta dirección no está completa',
    noneAbout: 'Abra de nuevo el correo más reciente y siga su enlace, entero.',
    another: 'Pedir otro enlace',
  },
  up: {
    title: 'Registrarse',
    about: 'Su propia secretaria para su negocio. Un enlace que recibe por correo completa el registro.',
    name: 'Su nombre',
    business: 'Nombre del negocio',
    passwordAbout: '12 caracteres o más. También puede dejarla vacía y entrar con enlaces por correo.',
    purposes:
      'Para empezar, la secretaria toma recados, da citas y anota quién podría ser cliente. Qué puede hacer y cuánto tiempo se guarda lo decide usted en los ajustes.',
    submit: 'Registrarse',
    closed: 'Aquí nadie puede registrarse',
    closedAbout: 'Pida una invitación a alguien que ya esté dentro.',
    sent: (email) => `Se envió un enlace a ${email}. Ábralo en este navegador y su contraseña también valdrá.`,
  },
  upLink: {
    title: 'Su cuenta está lista para empezar',
    about: 'Pulse el botón y se crean su negocio y su secretaria.',
    submit: 'Empezar',
    another: 'Registrarse de nuevo',
  },
  invitation: {
    title: 'Tiene una invitación',
    about: 'Alguien quiere que forme parte de su equipo. Acepte y ya está dentro.',
    submit: 'Aceptar la invitación',
    known: 'Usted ya tiene cuenta aquí',
    knownAbout: 'Inicie sesión con ella y la invitación se acepta en el mismo paso.',
    knownGo: 'Iniciar sesión y seguir',
    other: 'Esta invitación se envió a otra dirección',
    otherAbout:
      'Su sesión es de una dirección a la que no se envió. Cierre la sesión y acéptela como la persona invitada.',
    otherGo: 'Cerrar la sesión y seguir',
  },
};
