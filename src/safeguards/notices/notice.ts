/** What a mail to a person who uses the product is about, with what its text needs. Addresses lead to our own origin. */
export type Notice =
  | { readonly kind: 'sign-in-link'; readonly url: string; readonly minutes: number }
  | { readonly kind: 'sign-up-link'; readonly url: string; readonly minutes: number }
  | { readonly kind: 'account-exists' }
  | { readonly kind: 'locked'; readonly minutes: number }
  | { readonly kind: 'password-changed' }
  | { readonly kind: 'factor-changed'; readonly what: FactorChange }
  | {
      readonly kind: 'invitation';
      readonly organisation: string;
      readonly by: string;
      readonly url: string;
      readonly days: number;
    }
  | { readonly kind: 'unusual-sign-in' }
  | { readonly kind: 'key-made'; readonly name: string }
  | {
      readonly kind: 'account-closing';
      readonly organisation: string;
      /** The day (UTC) on which everything is erased: 2026-01-31. */
      readonly day: string;
    }
  | {
      readonly kind: 'deletions-unconfirmed';
      /** Names of the companies. */
      readonly companies: readonly string[];
      /** How many have not been confirmed for a day, and how many have been given up since the last such mail. */
      readonly late: number;
      readonly givenUp: number;
    }
  /** To the security contact: a report of a weakness came; a promise about one is nearly over, or was not kept. */
  | {
      readonly kind: 'report-received';
      /** Its id. */
      readonly report: string;
      /** By when it is to be acknowledged: 2026-01-31 17:40 UTC. */
      readonly until: string;
    }
  | ({ readonly kind: 'report-due' } & ReportTerm)
  | ({ readonly kind: 'report-missed' } & ReportTerm)
  /** To whoever reported it. */
  | {
      readonly kind: 'report-step';
      readonly step: 'acknowledged' | 'assessed' | 'fixed' | 'closed' | 'answered';
    }
  | {
      readonly kind: 'processor-coming';
      readonly processor: NoticedProcessor;
      /** Before how many days it gets nothing. */
      readonly days: number;
      readonly to: 'customer' | 'subscriber';
      readonly url: string;
    }
  /** To the operator: promises that turned out not to be kept, and those that are kept again. */
  | {
      readonly kind: 'claims-turned';
      readonly failing: readonly TurnedClaim[];
      readonly over: readonly TurnedClaim[];
      readonly url: string;
    }
  /** To the operator: the clock of the machine is not believed, so nothing ends. Both are days. */
  | { readonly kind: 'clock-doubted'; readonly says: string; readonly known: string }
  /** To the operator: documents of others that run out soon, or did. */
  | {
      readonly kind: 'documents-ending';
      readonly documents: readonly { readonly title: string; readonly issuer: string; readonly until: string }[];
      readonly url: string;
    }
  | {
      readonly kind: 'processor-urgent';
      readonly processor: NoticedProcessor;
      /** In the operator's words. */
      readonly reason: string;
      readonly to: 'customer' | 'subscriber';
      readonly url: string;
    }
  | {
      readonly kind: 'processor-withdrawn';
      readonly processor: NoticedProcessor;
      /** In the operator's words. */
      readonly reason: string;
      readonly to: 'customer' | 'subscriber';
      readonly url: string;
    }
  | { readonly kind: 'register-subscription'; readonly url: string; readonly hours: number };

/** What was promised to whoever reported a weakness, and until when. */
type ReportTerm = {
  readonly report: string;
  readonly what: 'acknowledgement' | 'assessment' | 'fix';
  readonly until: string;
};

/** A promise by its file name; since when it is not kept, or was not: 2026-01-31 17:40 UTC; what was found, in English. */
export type TurnedClaim = { readonly claim: string; readonly since: string; readonly found: string };

/** A company outside, in the words of its vendor file. */
export type NoticedProcessor = {
  readonly name: string;
  readonly purpose: string;
  readonly data: readonly string[];
  readonly region: string;
};

export type NoticeKind = Notice['kind'];

export type FactorChange =
  | 'totp-added'
  | 'totp-removed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'passkey-copied'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'outside-linked'
  | 'outside-unlinked';
