import type { Config } from '#base';

/**
 * Where the root key comes from. `wrap` and `unwrap` may happen in a device or service that never shows the key;
 * the file and environment providers do it in this process.
 */
export type KeyProvider = {
  /** True when the configuration chooses this provider. */
  chosen(config: Config): boolean;
  /** Opens the root; `create` allows making a new one where none exists. */
  open(config: Config, create: boolean): Promise<RootKey>;
};

export type RootKey = {
  /** AES-256-GCM under the root key; `context` is bound as associated data. */
  wrap(plain: Buffer, context: string): Promise<Buffer>;
  /** Throws when the key or the context is another. */
  unwrap(wrapped: Buffer, context: string): Promise<Buffer>;
  /** 32 bytes for one purpose: HKDF-SHA-256 of the root. */
  derive(purpose: string): Buffer;
};
