/**
 * Someone outside who receives data when a vendor file is switched on.
 * The sub-processor list and the egress allow-list are both made from these; there is no second list.
 */
export type Processor = {
  readonly name: string;
  readonly purpose: string;
  /** What it gets to see, in plain words. Empty when nothing leaves the machine. */
  readonly data: readonly string[];
  readonly region: string;
  /** Exact host names that may be dialled for it. */
  readonly hosts: readonly string[];
};

/**
 * What a vendor says of an organisation's credential: it works, the key is not (or no longer) one of its own, the key
 * may not do what is needed, the account is not active, nothing is left to pay with, or nothing was said at all.
 */
export type VendorCheck =
  | 'ok'
  | 'key-refused'
  | 'no-permission'
  | 'not-active'
  | 'no-funds'
  | 'busy'
  | 'unreachable'
  | 'not-understood';
