export { urgentNews } from './action-kinds.ts';
export { reach, type Action, type Actor, type AuditObject } from './actions.ts';
export { entriesAbout } from './entries-about.ts';
export { commitmentTo, leafBytes, parseLeaf, type Details, type Leaf } from './leaf.ts';
export { listEntries, type EntryLine } from './list-entries.ts';
export { openingIn, readEntry, type Entry, type Opening } from './read-entry.ts';
export { record, type NewEntry } from './record.ts';
export { senderDetails } from './sender.ts';
