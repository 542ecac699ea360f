export type { Action, Actor, AuditObject } from './actions.ts';
export { entriesAbout } from './entries-about.ts';
export type { Details, Leaf } from './leaf.ts';
/** @public For whoever shows the log; nothing does yet. */
export { readEntry, type Entry } from './read-entry.ts';
export { record, type NewEntry } from './record.ts';
export { senderDetails } from './sender.ts';
