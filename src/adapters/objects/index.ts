export type { Listed, ListPage, ObjectReach, ObjectStore } from './object-store.ts';
export { objectFolders } from './names.ts';
export { objectVendors, openObjects } from './open-objects.ts';
