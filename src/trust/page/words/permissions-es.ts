import type { PermissionPageWords } from './permissions.ts';

export const es: PermissionPageWords = {
  title: 'Quién puede hacer qué',
  short: 'Permisos',
  intro: 'La tabla siguiente es la que decide en cada petición; no hay otra. Lo que no figura no se permite a nadie.',
  roles: { owner: 'Propietario', admin: 'Administrador', agent: 'Agente', viewer: 'Observador' },
  rolesOf: {
    title: 'Los roles',
    says: {
      owner: 'Todo, incluso cerrar la cuenta y conectar proveedores.',
      admin: 'El equipo, los ajustes y todas las llamadas; no los secretos de los proveedores ni el fin de la cuenta.',
      agent: 'Sus propias llamadas y lo que resultó de ellas.',
      viewer: 'Ve cuándo hubo llamadas y cómo terminaron, nunca quién llamó ni qué se dijo.',
    },
  },
  matrix: 'Permisos por rol',
  permission: 'Puede …',
  reach: { all: 'todo', own: 'lo propio' },
  none: 'no',
  fresh: 'Segundo factor reciente',
  isFresh: 'sí',
  own: {
    title: 'Qué es «lo propio»',
    says: 'Son propias las llamadas asignadas a una persona, transferidas a ella o asumidas por ella; también lo que resultó de esa llamada, como recados y contactos comerciales. De las demás llamadas un agente no encuentra nada, ni siquiera que existen.',
  },
  factor: {
    title: 'Cuándo se vuelve a pedir un segundo factor',
    says: 'Lo que puede causar un daño duradero exige un segundo factor mostrado en los últimos diez minutos, por mucho tiempo que se lleve dentro.',
  },
  keys: {
    title: 'Claves de API',
    says: 'Una clave de API se hace para algunos de estos permisos, sus ámbitos, con los nombres de la tabla, y alcanza a toda la organización. Hace lo que nombran sus ámbitos y nada más. Nadie crea una clave que pueda más que uno mismo; crearla exige un segundo factor reciente.',
  },
  giving: {
    title: 'Dar y quitar',
    says: 'Nadie da un rol, ni cambia o quita a un miembro, que pueda algo que uno mismo no puede: un administrador no puede tocar a un propietario.',
  },
  checked: {
    title: 'Cómo se comprueba',
    says: 'Un miembro de cada rol prueba una y otra vez cada ruta de esta instalación, y lo rechazado se compara con esta tabla:',
  },
};
