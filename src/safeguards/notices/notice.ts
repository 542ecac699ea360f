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
