import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyAll, restoreAll } from './copies.ts';
import { isFound, shop } from './scene.ts';

test('an old copy that is restored is found, although the product goes on from it', async (t) => {
  await isFound(
    t,
    async (scene, customer) => {
      await copyAll(scene);
      await scene.live(8);
      assert.deepEqual((await customer.look()).faults, []);
      await restoreAll(scene);
    },
    /^rolled-back at head 15 of /m,
  );
});

test('a fork is found: two histories of one log, both signed with its keys', async (t) => {
  await isFound(
    t,
    async (scene, customer) => {
      await copyAll(scene);
      await scene.live(5);
      assert.deepEqual((await customer.look()).faults, []);
      await restoreAll(scene);
    },
    /^forked at the global tree .*\n^forked at head 15 of /m,
  );
});

test('a key that was swapped is found, although everything is signed with the new one', async (t) => {
  await isFound(
    t,
    async (scene) => {
      scene.useRootKey('of somebody else');
      await scene.asAdministrator(async (client) => {
        for (const table of ['audit_heads', 'audit_head_leaves', 'audit_tiles', 'audit_places', 'audit_pending'])
          await client.query(`delete from app.${table}`);
        await client.query(
          `insert into app.audit_pending (organisation_id, tree, entry_id, at)
           select organisation_id, 'entries', id, at from app.audit_entries`,
        );
      });
    },
    /^key-swapped at line 1: .*\n^head-unsigned at the global tree .*\n^head-unsigned at head 15 of /m,
  );
});

test('a log that was rewritten from the beginning, with the right keys, is not the one that was seen', async (t) => {
  await isFound(
    t,
    async (scene) => {
      await scene.asAdministrator(async (client) => {
        await client.query(
          `update app.audit_entries set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"actor":"system"', '"actor":"caller"'), 'UTF8')`,
        );
        for (const table of ['audit_heads', 'audit_head_leaves', 'audit_tiles', 'audit_places', 'audit_pending'])
          await client.query(`delete from app.${table}`);
        await client.query(
          `insert into app.audit_pending (organisation_id, tree, entry_id, at)
           select organisation_id, 'entries', id, at from app.audit_entries`,
        );
      });
    },
    /^forked at head 10 of /m,
  );
});

test('a log that begins anew under another name is not the one that was seen, although every head of it fits', async (t) => {
  await isFound(
    t,
    (scene) =>
      scene.asAdministrator(async (client) => {
        await client.query(
          `update app.audit_entries set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"actor":"system"', '"actor":"caller"'), 'UTF8')
           where organisation_id = $1`,
          [shop],
        );
        for (const table of ['audit_heads', 'audit_tiles', 'audit_places', 'audit_trees', 'audit_pending'])
          await client.query(`delete from app.${table} where organisation_id = $1`, [shop]);
        await client.query(
          `insert into app.audit_pending (organisation_id, tree, entry_id, at)
           select organisation_id, 'entries', id, at from app.audit_entries where organisation_id = $1`,
          [shop],
        );
      }),
    /^forked at the log .*: An earlier look saw the log of this organisation under another name/m,
  );
});

test('a head that was dated back does not fit what the global tree holds', async (t) => {
  await isFound(
    t,
    (scene) =>
      scene.asAdministrator((client) =>
        client.query(`update app.audit_heads set at = at - interval '1 hour' where tree = 'entries' and size = 5`),
      ),
    /^not-in-global at head 5 of /m,
  );
});
