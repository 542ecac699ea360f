import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso } from '#base';
import { parseLeaf, leafBytes, type Leaf } from '#safeguards/audit';
import { leafHash } from '#tlog';
import { customerOf, isFound, openScene, shop, type Scene } from './scene.ts';

type Placed = { readonly id: string; readonly index: number; readonly leaf: Buffer };

const entryAt = (scene: Scene, index: number): Promise<Placed> =>
  scene.asAdministrator(async (client) => {
    const { rows } = await client.query<Placed>(
      `select p.entry_id as id, p.index::int as index, e.leaf from app.audit_places p
       join app.audit_entries e on e.organisation_id = p.organisation_id and e.id = p.entry_id
       where p.organisation_id = $1 and p.tree = 'entries' and p.index = $2`,
      [shop, index],
    );
    return rows[0]!;
  });

const edited = (leaf: Buffer, change: Partial<Leaf>) => leafBytes({ ...parseLeaf(leaf)!, ...change });

const write = (scene: Scene, id: string, leaf: Buffer) =>
  scene.asAdministrator((client) =>
    client.query('update app.audit_entries set leaf = $3 where organisation_id = $1 and id = $2', [shop, id, leaf]),
  );

test('an entry that was edited is found and named', async (t) => {
  await isFound(
    t,
    async (scene) => {
      const { id, leaf } = await entryAt(scene, 3);
      await write(scene, id, edited(leaf, { actor: 'caller' }));
    },
    /^entry-changed at entry 3: /,
  );
});

test('an entry that was edited together with its place in the tree is found', async (t) => {
  await isFound(
    t,
    async (scene) => {
      const { id, leaf } = await entryAt(scene, 3);
      const other = edited(leaf, { actor: 'caller' });
      await write(scene, id, other);
      await scene.asAdministrator((client) =>
        client.query(`update app.audit_places set hash = $3 where organisation_id = $1 and entry_id = $2`, [
          shop,
          id,
          leafHash(other),
        ]),
      );
    },
    /^root-differs at head 5 of .*from 0 to 4/,
  );
});

test('an entry that was deleted in the middle is found and named', async (t) => {
  await isFound(
    t,
    async (scene) => {
      const { id } = await entryAt(scene, 3);
      await scene.asAdministrator(async (client) => {
        await client.query('delete from app.audit_details where organisation_id = $1 and entry_id = $2', [shop, id]);
        await client.query('delete from app.audit_entries where organisation_id = $1 and id = $2', [shop, id]);
      });
    },
    /^entry-missing at entry 3: /,
  );
});

test('an entry that was deleted in the middle, the others closing up, is found', async (t) => {
  await isFound(
    t,
    async (scene) => {
      const { id } = await entryAt(scene, 3);
      await scene.asAdministrator(async (client) => {
        await client.query('delete from app.audit_details where organisation_id = $1 and entry_id = $2', [shop, id]);
        await client.query('delete from app.audit_entries where organisation_id = $1 and id = $2', [shop, id]);
        await client.query(`delete from app.audit_places where organisation_id = $1 and entry_id = $2`, [shop, id]);
        for (let index = 4; index < 10; index += 1) {
          await client.query(
            `update app.audit_places set index = index - 1 where organisation_id = $1 and tree = 'entries' and index = $2`,
            [shop, index],
          );
        }
      });
    },
    /root-differs at head 5 of /,
  );
});

test('entries that changed places are found', async (t) => {
  await isFound(
    t,
    async (scene) => {
      const places = [await entryAt(scene, 2), await entryAt(scene, 3)] as const;
      await scene.asAdministrator(async (client) => {
        const swap = (from: number, to: number) =>
          client.query(
            `update app.audit_places set entry_id = $3, hash = $4 where organisation_id = $1 and tree = 'entries' and index = $2`,
            [shop, to, places[from]!.id, leafHash(places[from]!.leaf)],
          );
        await client.query(`alter table app.audit_places drop constraint audit_places_once`);
        await swap(0, 3);
        await swap(1, 2);
      });
    },
    /^root-differs at head 5 of /,
  );
});

test('the entries at the end that were deleted are found, although the product goes on behind them', async (t) => {
  const found = await isFound(
    t,
    (scene) =>
      scene.asAdministrator(async (client) => {
        await client.query(
          `delete from app.audit_entries where organisation_id = $1 and id in (
             select entry_id from app.audit_places where organisation_id = $1 and tree = 'entries' and index >= 5)`,
          [shop],
        );
        await client.query(
          `delete from app.audit_places where organisation_id = $1 and tree = 'entries' and index >= 5`,
          [shop],
        );
        await client.query(`delete from app.audit_heads where organisation_id = $1 and tree = 'entries' and size > 5`, [
          shop,
        ]);
      }),
    /^forked at head 10 of /m,
  );
  assert.equal(found.entries, 10);
});

test('an entry that is put in later with an earlier time is found, although the product takes it in', async (t) => {
  await isFound(
    t,
    async (scene) => {
      const { leaf } = await entryAt(scene, 2);
      const id = '019b0000-0000-7000-8000-00000000dead';
      const at = iso(Date.parse(parseLeaf(leaf)!.at) - 3_600_000);
      const forged = edited(leaf, { id, at });
      await scene.asAdministrator((client) =>
        client.query(
          `insert into app.audit_entries (organisation_id, id, at, action, leaf) values ($1, $2, $3, $4, $5)`,
          [shop, id, at, 'call.answered', forged],
        ),
      );
    },
    /^back-dated at entry 1\d: .*after the head/,
  );
});

test('details that were changed do not fit the entry any more', async (t) => {
  const scene = await openScene(t);
  const mine = await scene.act(shop, { note: 'one' });
  scene.clock.advance(1_000);
  const other = await scene.act(shop, { note: 'two' });
  await scene.live(1);
  await scene.asAdministrator((client) =>
    client.query(
      `update app.audit_details d set details = o.details from app.audit_details o
       where d.organisation_id = $1 and d.entry_id = $2 and o.organisation_id = $1 and o.entry_id = $3`,
      [shop, mine, other],
    ),
  );
  const customer = await customerOf(scene);
  const { faults } = await customer.look();
  assert.deepEqual(
    faults.map(({ what, where }) => `${what} at ${where}`),
    ['opening-differs at entry 0'],
  );
});
