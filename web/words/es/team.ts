import type { Words } from '../en/index.ts';

export const team: Words['team'] = {
  title: 'Equipo',
  about: 'Quién pertenece a la empresa, y qué puede ver y hacer cada persona.',
  invite: 'Invitar',
  people: 'Personas',
  you: 'Usted',
  joined: 'Desde el',
  noSignIn: 'Aún no puede iniciar sesión',
  noSignInAbout: 'Se añadió sin cuenta. Una invitación a su dirección le da acceso.',
  nameless: 'Nombre borrado',
  actionsFor: (name) => `Acciones para ${name}`,
  changeRole: 'Cambiar rol …',
  remove: 'Quitar …',
  leave: 'Abandonar …',
  beyond: 'Solo un propietario puede cambiar a un propietario.',
  role: {
    title: (name) => `¿Qué rol debe tener ${name}?`,
    about:
      'Vale desde ahora mismo. Donde haya iniciado sesión, elegirá de nuevo la empresa y seguirá con el rol nuevo.',
    save: 'Cambiar rol',
    beyond: 'Solo un propietario da este rol.',
    own: 'Es su propio rol. Con uno menor quizá no pueda volver a cambiarlo.',
    saved: (name, role) => `Nuevo rol de ${name}: ${role}.`,
  },
  removing: {
    title: (name) => `¿Quitar a ${name} del equipo?`,
    about:
      'Su sesión en esta empresa termina de inmediato. Las claves de API que creó dejan de funcionar y las invitaciones que envió se retiran. Las llamadas que tiene asignadas se conservan y pueden asignarse a otra persona.',
    verb: 'Quitar',
    done: (name, keys, invitations) =>
      [
        `${name} ya no está en el equipo.`,
        ...(keys > 0 ? [keys === 1 ? 'Ha terminado una clave de API.' : `Han terminado ${keys} claves de API.`] : []),
        ...(invitations > 0
          ? [invitations === 1 ? 'Se ha retirado una invitación.' : `Se han retirado ${invitations} invitaciones.`]
          : []),
      ].join(' '),
  },
  leaving: {
    title: (business) => `¿Abandonar ${business}?`,
    about:
      'Pierde el acceso de inmediato. Las claves de API que creó aquí dejan de funcionar y las invitaciones que envió se retiran. Solo una invitación le permite volver.',
    verb: 'Abandonar',
  },
  invitations: {
    title: 'Invitaciones',
    about: 'Enviadas y aún sin aceptar. Cada enlace vale una sola vez, durante siete días.',
    none: 'No hay invitaciones abiertas.',
    sentTimes: (count) => (count === 1 ? 'enviada una vez' : `enviada ${count} veces`),
    until: 'Vale hasta',
    expired: 'Caducada',
    again: 'Enviar de nuevo',
    againDone: (name) => `Enviada de nuevo a ${name}. El enlace del correo anterior ya no vale.`,
    withdraw: 'Retirar',
    withdrawing: {
      title: (name) => `¿Retirar la invitación de ${name}?`,
      about: 'El enlace de su correo deja de abrir nada. Puede volver a invitarle.',
      verb: 'Retirar',
    },
  },
  inviting: {
    title: 'Invitar a alguien',
    email: 'Correo electrónico',
    emailAbout: 'Ahí llega la invitación, y solo quien recibe ese correo puede aceptarla.',
    emailMistake: 'Esto no es una dirección de correo.',
    name: 'Nombre',
    nameMistake: 'Un nombre en una línea, de hasta 100 caracteres.',
    role: 'Rol',
    send: 'Enviar invitación',
    sent: (name) => `La invitación para ${name} va en camino.`,
  },
  alone:
    'Por ahora solo está usted. Invite a quien deba leer mensajes, hacerse cargo de llamadas o cuidar de los ajustes.',
  rolesCard: {
    title: 'Qué puede hacer cada rol',
    about:
      'La tabla por la que se rige el propio servidor. Lo «propio» son las llamadas asignadas a esa persona y lo que resultó de ellas.',
    what: 'Puede',
  },
};
