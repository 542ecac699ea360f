import type { Config, Http, Processor, Random, VendorProcessor } from '#base';

/**
 * Where the root key comes from. One file in vendors/ each; `wrap` and `unwrap` may happen in a device or
 * service that never shows the key, the file and environment providers do it in this process.
 */
export type KeyProvider = {
  /** Who gets to see something when it is chosen: a service that wraps for us. None where nothing leaves this machine. */
  readonly processor?: VendorProcessor;
  processorFor?(config: Config): Processor;
  /** True when the settings are there that it needs. */
  isSetUp(config: Config): boolean;
  /** Opens the root key. Throws `root-key-unreadable` with the way out. */
  open(config: Config, options: OpenOptions): Promise<RootKey>;
  /**
   * Root keys that are laid out beside the one in use and can take its place. With `create` there is at least one: it
   * is made, durably, where a program can make one. Throws `root-key-unreadable` with the way out.
   */
  next(config: Config, options: OpenOptions): Promise<readonly NextRoot[]>;
};

/** `settle` puts it in the place of the one in use, once nothing is wrapped by that one any more. Can be repeated. */
export type NextRoot = { readonly root: RootKey; readonly settle: () => Promise<void> };

export type OpenOptions = {
  /** Allows making a root key where none exists. Only a first start may: a new root opens nothing that is old. */
  readonly create: boolean;
  readonly random: Random;
  readonly http: Http;
};

export type RootKey = {
  /** AES-256-GCM under the root; `context` is bound as associated data. */
  wrap(plain: Buffer, context: string): Promise<Buffer>;
  /** Throws `root-key-wrong` when root or context are others or the bytes were changed. */
  unwrap(wrapped: Buffer, context: string): Promise<Buffer>;
  /** What keystores of version 1 derived everything from, where the root key is in this process: the key itself. */
  readonly seed?: Buffer;
  /** True where `wrap` and `unwrap` ask another machine, so that it is worth knowing an answer for a while. */
  readonly isFar?: true;
  /** True where it stays the same when its key is rotated, as a service does that knows every version of its key. */
  readonly outlivesRotation?: true;
};

/** A root key and the provider it came from. */
export type NamedRoot = RootKey & { readonly provider: string };
