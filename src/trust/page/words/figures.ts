import type { FigureKind } from '#secretary/figures';

/** Every word of the pages of public numbers. A language is one file. */
export type FiguresWords = {
  readonly title: string;
  readonly intro: string;
  readonly short: string;
  readonly weeks: {
    readonly title: string;
    readonly week: string;
    readonly calls: string;
    readonly messages: string;
    readonly appointments: string;
    readonly answered: string;
    readonly tooFew: string;
    readonly none: string;
    readonly sum: (calls: string) => string;
  };
  readonly how: { readonly title: string; readonly says: readonly string[] };
  readonly live: {
    readonly title: string;
    readonly intro: string;
    readonly short: string;
    readonly hour: string;
    readonly what: string;
    readonly about: string;
    readonly kinds: { readonly [K in FigureKind]: string };
    readonly times: (count: string) => string;
    readonly none: string;
    readonly says: readonly string[];
  };
  readonly of: { readonly title: (name: string) => string };
};
