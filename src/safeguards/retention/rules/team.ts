import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Members of the team, and who was invited', es: 'Miembros del equipo, y a quién se invitó' },
  subject: 'member',
  purpose: {
    en: 'To know who may see and do what. Name and address of a member end when they leave the team, those of an invitation when it is over.',
    es: 'Saber quién puede ver y hacer qué. El nombre y la dirección de un miembro terminan cuando deja el equipo, los de una invitación cuando esta acaba.',
  },
  covers: ['app.people.*', 'app.invitations.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['key', 'value', 'row'],
} satisfies Rule;
