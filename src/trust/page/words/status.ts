import type { Measured, Promisable } from '#safeguards/uptime';

/** Every word of the page of uptime and response times. A language is one file. */
export type StatusWords = {
  readonly title: string;
  readonly intro: string;
  readonly short: string;
  readonly days: {
    readonly title: string;
    readonly summary: (percent: string, days: number) => string;
    readonly since: string;
    readonly never: string;
    readonly table: string;
    readonly day: string;
    readonly up: string;
    readonly down: string;
    readonly gap: string;
    readonly planned: string;
    readonly notMeasured: string;
    readonly full: string;
    readonly part: string;
  };
  readonly minutes: (count: number) => string;
  readonly promises: {
    readonly title: string;
    readonly says: string;
    readonly none: string;
    readonly month: string;
    readonly running: string;
    readonly what: string;
    readonly target: string;
    readonly reached: string;
    readonly result: string;
    readonly kept: string;
    readonly missed: string;
    readonly unknown: string;
    readonly names: { readonly [P in Promisable]: string };
    readonly within: (ms: string) => string;
  };
  readonly times: {
    readonly title: string;
    readonly says: string;
    readonly what: string;
    readonly answers: string;
    readonly failed: string;
    readonly half: string;
    readonly most: string;
    readonly nearlyAll: string;
    readonly none: string;
    readonly names: { readonly [M in Measured]: string };
  };
  readonly how: { readonly title: string; readonly says: readonly string[] };
};
