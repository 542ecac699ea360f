import type { Config, Random } from '#base';

/**
 * Where the root key comes from. One file in vendors/ each; `wrap` and `unwrap` may happen in a device or
 * service that never shows the key, the file and environment providers do it in this process.
 */
export type KeyProvider = {
  /** True when the configuration chooses this provider. The first that is chosen, in order of file names, is taken. */
  chosen(config: Config): boolean;
  /** Opens the root key. Throws `root-key-unreadable` with the way out. */
  open(config: Config, options: OpenOptions): Promise<RootKey>;
};

export type OpenOptions = {
  /** Allows making a root key where none exists. Only a first start may: a new root opens nothing that is old. */
  readonly create: boolean;
  readonly random: Random;
};

export type RootKey = {
  /** AES-256-GCM under the root; `context` is bound as associated data. */
  wrap(plain: Buffer, context: string): Promise<Buffer>;
  /** Throws `root-key-wrong` when root or context are others or the bytes were changed. */
  unwrap(wrapped: Buffer, context: string): Promise<Buffer>;
  /** What keystores of version 1 derived everything from, where the root key is in this process: the key itself. */
  readonly seed?: Buffer;
};

/** A root key and the provider it came from. */
export type NamedRoot = RootKey & { readonly provider: string };
