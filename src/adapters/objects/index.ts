export type { Listed, ListPage, ObjectReach, ObjectStore } from './object-store.ts';
export { objectProcessor, openObjects } from './open-objects.ts';
