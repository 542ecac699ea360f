export { memoryKeystore } from './memory-keystore.ts';
export { openKeystore } from './open-keystore.ts';
export { sealGiven, unsealKept } from './optional.ts';
export { blindIndex, looksSealed, seal, sealedWith, unseal, type Place } from './seal.ts';
export { cryptoSelfTest } from './self-test.ts';
