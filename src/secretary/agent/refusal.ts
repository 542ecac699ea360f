import { isProblem, type ProblemCode } from '#base';

/** What a tool may answer instead of a value: fixed words, so that nothing a caller said comes back as one. */
export type Why =
  | 'failed'
  | 'input-invalid'
  | 'none-free'
  | 'not-found'
  | 'number-withheld'
  | 'outside-hours'
  | 'past'
  | 'taken';

/** Thrown by a tool that cannot do what was asked. What it wrote until then is undone. */
export class Refusal extends Error {
  readonly why: Why;
  constructor(why: Why) {
    super(`the tool refused: ${why}`);
    this.name = 'Refusal';
    this.why = why;
  }
}

/** Makes a Refusal: `throw refuse('none-free')`. */
export function refuse(why: Why): Refusal {
  return new Refusal(why);
}

/** The word for an error that a caller can be told of; undefined for one that only we can mend. */
export function whyOf(error: unknown): Why | undefined {
  if (error instanceof Refusal) return error.why;
  return isProblem(error) ? whyByProblem[error.code] : undefined;
}

const whyByProblem: { readonly [code in ProblemCode]?: Why } = {
  'not-found': 'not-found',
  'outside-hours': 'outside-hours',
  'slot-past': 'past',
  'slot-taken': 'taken',
};
