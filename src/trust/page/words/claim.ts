import type { Status } from '../../claim.ts';

/** Every word of the page of one promise that is not the claim's own. A language is one file. */
export type ClaimWords = {
  readonly found: { readonly [S in Status]: (checked: number) => string };
  readonly finding: string;
  readonly how: string;
  readonly keptBy: string;
  readonly theClaim: string;
  readonly proof: string;
  readonly lastLook: string;
  readonly never: string;
  readonly checked: string;
  readonly took: (ms: string, budget: string | undefined) => string;
  readonly tookLabel: string;
  readonly every: string;
  readonly seenFailing: string;
  readonly notSeenFailing: string;
  readonly counterexample: string;
  readonly promises: string;
  readonly history: string;
  readonly historyOf: string;
  readonly noHistory: string;
  readonly from: string;
  readonly until: string;
  readonly status: string;
  readonly reported: string;
  readonly now: string;
  readonly older: string;
  readonly yourself: string;
  readonly rerun: string;
  readonly offline: string;
  readonly offlineKeys: string;
  readonly evidence: string;
  readonly aboutKeys: string;
  readonly noEvidence: string;
  readonly all: string;
  readonly duration: { readonly [U in 'second' | 'minute' | 'hour' | 'day']: (count: number) => string };
};
