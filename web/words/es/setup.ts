import type { setup as english } from '../en/setup.ts';

export const setup: typeof english = {
  title: 'Lista de pasos',
  about:
    'Lo que falta para que su secretaria conteste su teléfono. Cada punto se comprueba, no se marca: está hecho cuando funciona.',
  progress: (done, all) => `${done} de ${all} hechos`,
  allDone: { title: 'Todo está listo', about: 'Su secretaria contesta su teléfono. Puede ocultar esta lista.' },
  dismiss: 'Ocultar esta lista',
  dismissed: 'Esta lista está oculta',
  dismissedAbout: 'Ya no se muestra a nadie de su negocio. Lo que dice sigue siendo cierto.',
  show: 'Mostrarla otra vez',
  done: 'Hecho',
  due: 'Pendiente',
  steps: {
    'call': {
      title: 'Llame a su secretaria',
      about: 'Hable o escriba con ella en el navegador antes que ningún cliente. Para eso no hace falta nada más.',
      go: 'Llamar a su secretaria',
    },
    'carrier': {
      title: 'Conecte Twilio',
      about: 'Su propia cuenta en el operador: de allí vienen las llamadas.',
      go: 'Conectar Twilio',
    },
    'model': {
      title: 'Conecte un modelo de habla',
      about:
        'Con una clave de OpenAI la secretaria entiende el habla libre. Hasta entonces contesta la recepcionista con guion.',
      go: 'Conectar OpenAI',
    },
    'number': {
      title: 'Dirija su número aquí',
      about: 'Añada el número y corríjalo en Twilio con una sola pulsación.',
      go: 'Sus números',
    },
    'team': {
      title: 'Invite a su equipo',
      about: 'Quien atiende recados y citas recibe una cuenta propia.',
      go: 'Invitar a alguien',
    },
    'second-factor': {
      title: 'Proteja su cuenta',
      about: 'Una llave de acceso o una aplicación de códigos. Se pide para lo que puede causar un daño duradero.',
      go: 'Añadir un segundo factor',
    },
  },
  goOn: {
    'not-tested': 'Probarlo',
    'refused': 'Ver por qué',
    'not-checked': 'Comprobarlo',
    'points-elsewhere': 'Ver qué falla',
    'invited': 'Ver la invitación',
  },
  why: {
    'called': 'Ya ha entrado una llamada.',
    'no-call': 'Todavía no ha llamado nadie.',
    'works': 'Probado, y funciona.',
    'installation': 'Se usa la clave de esta instalación.',
    'not-connected': 'Aún sin conectar.',
    'not-tested': 'Conectado, pero nadie lo ha probado todavía.',
    'refused': 'Conectado, pero la última prueba falló. La página dice por qué.',
    'no-line': 'Aún no se ha añadido ningún número.',
    'not-checked': 'Añadido, pero nadie ha comprobado adónde lleva.',
    'points-elsewhere': 'El número no lleva aquí. La página dice qué falla.',
    'alone': 'Usted es la única persona aquí.',
    'invited': 'Invitado, y aún sin respuesta.',
    'together': 'Ya no está usted a solas.',
    'added': 'Ya tiene uno.',
    'missing': 'Usted entra con una sola cosa.',
  },
};
