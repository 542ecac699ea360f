export { actions, type Action, type Actor, type AuditObject } from './actions.ts';
export { commitmentTo, leafBytes, parseLeaf, type Details, type Leaf } from './leaf.ts';
export { readEntry, type Entry } from './read-entry.ts';
export { record, type NewEntry } from './record.ts';
