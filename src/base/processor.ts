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
 * Something of ours that lies with a processor, and for how long: what an erasure reaches there, and what stays all the
 * same. The data map and the certificates are made from it.
 */
export type Residue = {
  /** Its name in records and certificates, a fixed word: `recordings`. */
  readonly what: string;
  readonly say: { readonly en: string; readonly es: string };
  /**
   * Whole days that it stays at most; null: as long as nobody deletes it, or, where it cannot be deleted, as long as the
   * processor sees fit, which it does not say.
   */
  readonly days: number | null;
  /** Whether the days count from when it came about, or from when we had it deleted. */
  readonly from: 'made' | 'deleted';
  /** Whether we have it deleted there, and read back that it is gone. */
  readonly deletable: boolean;
  /** Where the processor says so. */
  readonly source: string;
  /** False for what is widely said and was not read at the source. */
  readonly verified: boolean;
};

/** A processor as its vendor file says it: with what stays there. A file that does not say it does not compile. */
export type VendorProcessor = Processor & {
  /** The same words for the Spanish page; without data nothing leaves, and nobody is told. */
  readonly es?: Pick<Processor, 'purpose' | 'data' | 'region'>;
  /** Empty when nothing does. */
  readonly keeps: readonly Residue[];
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
