export { gcmOpen, gcmOverhead, gcmSeal, type GcmInput } from './aead.ts';
export type { KeyProvider, NamedRoot, OpenOptions, RootKey } from './key-provider.ts';
export { deriveKey, localRoot } from './local-root.ts';
export { openRootKey } from './open-root-key.ts';
