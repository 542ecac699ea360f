/** What a verifier can find, as fixed words. */
export type FaultKind =
  | 'unreadable'
  | 'cut-off'
  | 'entry-missing'
  | 'entry-changed'
  | 'entry-misplaced'
  | 'entry-foreign'
  | 'opening-differs'
  | 'back-dated'
  | 'root-differs'
  | 'head-unsigned'
  | 'head-out-of-order'
  | 'head-missing'
  | 'not-in-global'
  | 'rolled-back'
  | 'forked'
  | 'key-swapped'
  | 'not-witnessed';

/** Something wrong: where, as `entry 7` or `head 12 of NAME`, and a sentence for people. No personal data. */
export type LogFault = { readonly what: FaultKind; readonly where: string; readonly say: string };

/** Where findings are gathered. The first ten of each kind are kept, so that none hides another; all are counted. */
export type Findings = {
  add(what: FaultKind, where: string, say: string): void;
  readonly faults: readonly LogFault[];
  count(): number;
};

const mostOfAKind = 10;

export function findings(): Findings {
  const faults: LogFault[] = [];
  let all = 0;
  return {
    faults,
    count: () => all,
    add(what, where, say) {
      all += 1;
      if (faults.filter((one) => one.what === what).length < mostOfAKind) faults.push({ what, where, say });
    },
  };
}
