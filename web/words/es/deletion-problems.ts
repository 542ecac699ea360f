type Said = { readonly title: string; readonly detail: string };

export const deletionProblems: Readonly<Record<string, Said>> = {
  'closing-over': {
    title: 'La cuenta ya no puede conservarse',
    detail: 'Llegó su día: se está borrando todo.',
  },
  'hold-not-approved': {
    title: 'Usted pidió lo mismo hace poco',
    detail: 'Nadie lo aprobó en 72 horas, o se retiró. Deje que lo pida otra persona.',
  },
  'hold-over': {
    title: 'Esta retención ha terminado o ya está en vigor',
    detail: 'Alguien se adelantó. Vuelva a mirarla.',
  },
  'second-person-needed': {
    title: 'Tiene que estar de acuerdo otra persona',
    detail: 'Una retención la deciden dos personas, y usted fue la primera.',
  },
};
