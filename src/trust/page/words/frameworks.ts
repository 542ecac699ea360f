import type { Bound, Confidence, FrameworkKind } from '../../framework.ts';
import type { FrameworkStatus } from '../../framework-state.ts';
import type { LineState } from '../../framework-line.ts';

/** Every word of the pages of frameworks that is not a framework's own. A language is one file. */
export type FrameworkWords = {
  readonly title: string;
  readonly short: string;
  readonly intro: string;
  readonly computed: (at: string) => string;
  readonly list: string;
  readonly statuses: { readonly [S in FrameworkStatus]: { readonly name: string; readonly means: string } };
  readonly legend: string;
  readonly states: { readonly [S in LineState]: { readonly name: string; readonly means: string } };
  readonly legendOfLines: string;
  /** How many lines there are, and how many of them hold right now. */
  readonly held: (holds: number, lines: number) => string;
  readonly leaning: (lines: number) => string;
  readonly advice: { readonly title: string; readonly says: string };
  readonly about: string;
  readonly edition: string;
  readonly kind: string;
  readonly kinds: { readonly [K in FrameworkKind]: string };
  readonly bound: string;
  readonly bounds: { readonly [B in Bound]: string };
  readonly applies: string;
  readonly from: string;
  readonly notYet: (day: string) => string;
  readonly since: (day: string) => string;
  readonly source: string;
  readonly confidences: { readonly [C in Confidence]: string };
  readonly unverified: string;
  readonly unverifiedLines: (count: number) => string;
  readonly report: string;
  readonly noReport: string;
  readonly statement: string;
  readonly noStatement: string;
  readonly by: (issuer: string, from: string, until: string) => string;
  readonly lines: string;
  readonly asks: string;
  readonly answer: string;
  readonly people: string;
  readonly meanwhile: string;
  readonly promise: (title: string, id: string) => string;
  readonly nothing: string;
  readonly bindsFrom: (day: string) => string;
  readonly all: string;
};
