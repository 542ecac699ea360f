import type { ClockName, Reason, Severity } from '#safeguards/disclosure';

type Titled = { readonly title: string; readonly says: string };
type Listed = { readonly title: string; readonly items: readonly string[] };

/** Every word of the pages on which weaknesses are reported. A language is one file. */
export type SecurityWords = {
  readonly title: string;
  readonly intro: string;
  readonly short: string;
  readonly promise: Titled & {
    readonly acknowledged: string;
    readonly within: { readonly [A in 'hours-24' | 'hours-48' | 'business-day']: string };
    readonly zone: (name: string) => string;
    readonly assessed: string;
    readonly assessedIn: string;
    readonly fixed: string;
    readonly fixedIn: string;
    readonly rest: string;
    readonly restIn: string;
    readonly published: string;
    readonly publishedIn: string;
  };
  readonly inScope: Listed;
  readonly outOfScope: Listed;
  readonly send: Listed;
  readonly harbour: Titled;
  readonly kept: Titled & {
    readonly tooFew: string;
    readonly what: string;
    readonly kept: string;
    readonly missed: string;
    readonly median: string;
    readonly hours: (count: number) => string;
    readonly none: string;
  };
  readonly clocks: { readonly [C in ClockName]: string };
  readonly form: Titled & {
    readonly name: string;
    readonly details: string;
    readonly detailsHint: string;
    readonly contact: string;
    readonly contactHint: string;
    readonly send: string;
    readonly otherwise: string;
    readonly program: string;
  };
  readonly wrong: {
    readonly title: string;
    readonly name: string;
    readonly details: string;
    readonly contact: string;
    readonly form: string;
    readonly busy: string;
  };
  readonly receipt: {
    readonly title: string;
    readonly keep: string;
    readonly state: string;
    readonly received: string;
    readonly severity: string;
    readonly severities: { readonly [S in Severity]: string };
    readonly notYet: string;
    readonly closed: string;
    readonly reasons: { readonly [R in Reason]: string };
    readonly promised: string;
    readonly done: string;
    readonly answers: string;
    readonly noAnswers: string;
    readonly words: string;
  };
};
