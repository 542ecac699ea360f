/** Every word of the control inventory that is not a claim's own. A language is one file. */
export type ControlWords = {
  readonly title: string;
  readonly short: string;
  readonly intro: string;
  readonly computed: (at: string) => string;
  readonly contents: string;
  readonly evidence: string;
  readonly neverLooked: string;
  readonly looked: (count: number) => string;
  readonly every: string;
  readonly keptBy: string;
  readonly frameworks: string;
  readonly noFramework: string;
  readonly planned: { readonly title: string; readonly says: string };
};
