/** Where a rule was found and how sure we are of it. Facts for defaults, not legal advice. */
export type Source = {
  readonly law: string;
  readonly readOn: string;
  readonly confidence: 'primary' | 'secondary' | 'memory';
};

/**
 * What one jurisdiction asks of a call. Adding one is adding a file to `regions/`:
 * its name is the ISO 3166 code in lower case (`us-me`), or a group such as `eu`.
 */
export type Region = {
  /** ISO codes this file speaks for besides its own name. */
  readonly members?: readonly string[];
  /** `demanded`: the business cannot switch the AI disclosure off. `choice`: its own setting decides. */
  readonly aiDisclosure: 'demanded' | 'choice';
  readonly source: Source;
};
