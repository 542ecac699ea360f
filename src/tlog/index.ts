export { checkpointText, parseCheckpoint, parseCount, parseHash, type Checkpoint } from './checkpoint.ts';
export {
  appendHashes,
  emptyRange,
  emptyRoot,
  leafHash,
  merkleRoot,
  nodeHash,
  rootOfRange,
  type Range,
} from './merkle.ts';
export {
  keyNamed,
  noteKey,
  noteSigner,
  noteSigners,
  vkeyOf,
  type NoteKey,
  type NoteKind,
  type NoteSignature,
  type NoteSigner,
} from './note-key.ts';
export { noteParts, openNote, signatureLine, signNote, type NoteRefusal, type OpenedNote } from './note.ts';
export { parseProof, proofText, type Proof } from './proof.ts';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion, type HashAt } from './proofs.ts';
export { entryBundle, hashesIn, parseTilePath, tilePath, widthOfTile, type Tile } from './tile.ts';
