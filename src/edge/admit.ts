import type { RateName } from './rates.ts';

/** Let through, with how many more may follow at once; or not, with how long to wait. */
export type Admitted =
  | { readonly ok: true; readonly left: number }
  | { readonly ok: false; readonly retryAfterMs: number };

/**
 * Counts one request against a limit and says whether it may pass. `of` names for whom: an address, `api-key:…`,
 * `person:…`, `identity:…` or an organisation's id. Whoever implements it keeps no raw address.
 */
export type Admit = (rate: RateName, of: string) => Promise<Admitted>;
