export { addressHash, addressKeySweeper } from './address-hash.ts';
export { keyReaper } from './key-reaper.ts';
export { memoryKeystore } from './memory-keystore.ts';
export { openKeystore } from './open-keystore.ts';
export { keysStatus, rotateOrganisationKey, rotateRootKey, type KeysStatus } from './rotate.ts';
export { sealGiven, unsealKept } from './optional.ts';
export { areUnderOneKey, blindIndex, envelope, seal, sealer, unseal, type Place, type Sealer } from './seal.ts';
export { cryptoSelfTest } from './self-test.ts';
export { openSubjectSecret, subjectSecret, type SubjectSecret } from './subject-secret.ts';
