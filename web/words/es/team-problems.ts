type Said = { readonly title: string; readonly detail: string };

export const teamProblems: Readonly<Record<string, Said>> = {
  'last-owner': {
    title: 'La empresa conserva un propietario',
    detail: 'Haga antes propietaria a otra persona.',
  },
  'already-member': {
    title: 'Ya pertenece al equipo',
    detail: 'Búsquela en la lista y cambie allí su rol.',
  },
  'already-invited': {
    title: 'Ya tiene una invitación abierta',
    detail: 'Envíela de nuevo, o retírela e invite otra vez.',
  },
  'beyond-your-role': {
    title: 'Eso va más allá de su rol',
    detail: 'Nadie da ni quita a otra persona lo que uno mismo no puede hacer.',
  },
  'scope-not-yours': {
    title: 'La clave podría más que usted',
    detail: 'Elija solo lo que usted mismo puede hacer.',
  },
  'invitation-over': {
    title: 'Esta invitación ha terminado',
    detail: 'Entretanto se aceptó o se retiró.',
  },
};
