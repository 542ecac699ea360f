export { gcmOpen, gcmOverhead, gcmSeal, type GcmInput } from './aead.ts';
export type { NamedRoot, OpenOptions, RootKey } from './key-provider.ts';
export { deriveKey, localRoot } from './local-root.ts';
export { keyProcessors, keyServicesIn, openKeyring, type Keyring, type NamedNext } from './open-root-key.ts';
