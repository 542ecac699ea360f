import { Type } from 'typebox';

const figure = {
  ...Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  description: 'Rounded to tens; null where too few are behind it.',
};

/** Counts, and nothing else. */
export const numbersSchema = Type.Object({
  weeks: Type.Array(
    Type.Object({
      week: { ...Type.String({ format: 'date' }), description: 'The Monday (UTC) with which it began.' },
      calls: figure,
      messages: figure,
      appointments: figure,
      answerMs: { ...figure, description: 'Half of the calls were answered within so many milliseconds.' },
    }),
  ),
});

export const liveSchema = Type.Array(
  Type.Object({
    token: { ...Type.String(), description: 'Made for this answer and no other.' },
    kind: Type.Enum(['call', 'message', 'appointment']),
    hour: { ...Type.String({ format: 'date-time' }), description: 'The hour from then on (UTC).' },
    about: { ...Type.Integer({ minimum: 10 }), description: 'How often, rounded to tens.' },
  }),
);
