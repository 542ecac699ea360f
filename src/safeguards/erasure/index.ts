export { askErasure, subjectHash, type Asked, type What } from './ask.ts';
export { partsOfCall, homes, staying } from './belongings.ts';
export { certificateOf, certificateSigner, type Certificate, type CertificateText } from './certificate.ts';
export { closer } from './closer.ts';
export { erasureOf, listErasures, type EraseCtx, type Erasure, type ErasureRef } from './erasure.ts';
export { eraser, proceed } from './eraser.ts';
export { isAbout, readCertificate, type ReadCertificate } from './read-certificate.ts';
