import type { Clock, Config, Http, Processor, Random, VendorProcessor } from '#base';

/**
 * A place for bytes that are too many for PostgreSQL: segments of recordings. What comes here is sealed before; the
 * store knows no keys. Names are those of `checkName`. Failures: `disk-full`, or `Outside` with `busy` (worth another
 * try), `unreachable` (likewise) or `refused`.
 */
export type ObjectStore = {
  /** Writes the object whole: readers find the old bytes or the new, never a part. Durable when this returns. */
  put(name: string, bytes: Buffer): Promise<void>;
  get(name: string): Promise<Buffer | undefined>;
  /** There is nothing to delete: that is fine. */
  delete(name: string): Promise<void>;
  /** Whether the object is there, without fetching it. */
  head(name: string): Promise<boolean>;
  /** Names that begin with `prefix`, in the order of their bytes, one page at a time. */
  list(prefix: string, page?: ListPage): Promise<Listed>;
};

export type ListPage = {
  /** Begins behind this name. */
  readonly after?: string;
  /** 1 to 1,000. Default 1,000. */
  readonly limit?: number;
};

/** `next` is the `after` of the following page; null on the last one, which may be empty. */
export type Listed = { readonly names: readonly string[]; readonly next: string | null };

/** What an object store may reach. */
export type ObjectReach = {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: Http;
};

/** One kind of object store; its file name is what SOTTO_OBJECTS says. */
export type ObjectVendor = {
  readonly processor: VendorProcessor;
  /** The processor as this installation dials it. */
  processorFor(config: Config): Processor;
  open(reach: ObjectReach): Promise<ObjectStore>;
};

export const largestPage = 1_000;
