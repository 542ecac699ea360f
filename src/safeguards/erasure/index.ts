export { askErasure, subjectHash, type Asked, type What } from './ask.ts';
export { erasureOf, listErasures, type EraseCtx, type Erasure, type ErasureRef } from './erasure.ts';
