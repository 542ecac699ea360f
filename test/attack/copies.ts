import type { Scene } from './scene.ts';

/** What triggers write of the others comes last. */
const tables = [
  'audit_trees',
  'audit_entries',
  'audit_details',
  'audit_places',
  'audit_tiles',
  'audit_heads',
  'audit_head_leaves',
  'audit_pending',
] as const;

/** A copy of the whole log, as a backup of the database holds it. */
export const copyAll = (scene: Scene) =>
  scene.asAdministrator(async (client) => {
    await client.query('create schema copy');
    for (const table of tables) await client.query(`create table copy.${table} as table app.${table}`);
  });

/** The log is what it was when it was copied. */
export const restoreAll = (scene: Scene) =>
  scene.asAdministrator(async (client) => {
    for (const table of tables) await client.query(`delete from app.${table}`);
    for (const table of tables) {
      await client.query(`delete from app.${table}`);
      await client.query(`insert into app.${table} table copy.${table}`);
    }
  });
