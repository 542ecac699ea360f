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
