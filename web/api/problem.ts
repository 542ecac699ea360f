/** What is wrong with one part of an input: a JSON pointer into it, and how to mend it. */
export type Mistake = { readonly at: string; readonly fix: string };

/** A problem document of the product (RFC 9457). `code` is stable; `detail` says what to do. */
export type ProblemDocument = {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly mistakes?: readonly Mistake[];
};

/** A request that was refused, or that got no answer (`unreachable`, status 0). */
export class Refusal extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(problem.code);
    this.problem = problem;
  }
}

export function isRefusal(error: unknown, ...codes: readonly string[]): error is Refusal {
  return error instanceof Refusal && (codes.length === 0 || codes.includes(error.problem.code));
}

/** What anything that was thrown means to a person. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof Refusal) return error.problem;
  return { code: 'page-broken', title: '', status: 0, detail: '' };
}
