import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Members of the team, and who was invited',
    es: 'Miembros del equipo, y a quién se invitó',
    pt: 'Membros da equipe e quem foi convidado',
    hi: 'टीम के सदस्य और आमंत्रित लोग',
  },
  subject: 'member',
  purpose: {
    en: 'To know who may see and do what. Name and address of a member end when they leave the team, those of an invitation when it is over.',
    es: 'Saber quién puede ver y hacer qué. El nombre y la dirección de un miembro terminan cuando deja el equipo, los de una invitación cuando esta acaba.',
    pt: 'Saber quem pode ver e fazer o quê. Nome e endereço de um membro terminam quando ele deixa a equipe; os de um convite, quando este acaba.',
    hi: 'यह जानने के लिए कि कौन क्या देख और कर सकता है। सदस्य का नाम और पता टीम छोड़ने पर, निमंत्रण का उसके समाप्त होने पर जाता है।',
  },
  covers: ['app.people.*', 'app.invitations.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['key', 'value', 'row'],
} satisfies Rule;
