export type { Listed, ListPage, ObjectReach, ObjectStore } from './object-store.ts';
export { objectFolders } from './names.ts';
export { openObjects } from './open-objects.ts';
