export type { Action, Actor, AuditObject } from './actions.ts';
export { entriesAbout } from './entries-about.ts';
export type { Details, Leaf } from './leaf.ts';
export { listEntries, type EntryLine } from './list-entries.ts';
/** @public For whoever looks at one entry; nothing does yet. */
export { readEntry, type Entry } from './read-entry.ts';
export { merkleRoot } from './merkle.ts';
export { record, type NewEntry } from './record.ts';
export { senderDetails } from './sender.ts';
