import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifier, seededRandom, sql, type Id, type Sql } from '#base';
import { record, urgentNews, type Action } from '#safeguards/audit';
import { keyNamed, leafHash, noteKey, openNote, parseCheckpoint, verifyInclusion, type NoteKey } from '#tlog';
import { testKeystore } from '../../../test/keys.ts';
import { installation, openLogs, shop, shops, type Logs } from '../../../test/logs.ts';
import { headOf, logKeys } from './head.ts';
import { proofOf, type InclusionProof } from './proof.ts';
import { sequenceAll, sequencer } from './sequencer.ts';

const headOfShop = ({ ctx }: Logs) => ctx.db.tenant(shop, (tx) => headOf(tx, shop));

test('an entry is proven to be in the log of its organisation, and that in the tree of all heads', async (t) => {
  const { ctx, jobs, act } = await openLogs(t);
  const ids: Id[] = [];
  for (let n = 0; n < 300; n += 1) ids.push(await act());
  assert.equal(await sequenceAll(jobs, new Set(), true), 301);
  const keys = (await logKeys(ctx)).map((vkey) => noteKey(vkey)!);
  for (const id of ids.slice(250)) {
    const proof = await ctx.db.tenant(shop, (tx) => proofOf(tx, shop, id));
    assert.ok(proof?.global);
    const head = await ctx.db.tenant(shop, (tx) => headOf(tx, shop));
    holds(proof, keys, head!.origin);
    holds(proof.global, keys, keys[0]!.name);
    const told = JSON.parse(proof.global.leaf.toString('utf8')) as Record<string, unknown>;
    assert.deepEqual([told['root'], told['log'], told['size']], [head!.root.toString('hex'), head!.origin, 300]);
  }
});

function holds(proof: InclusionProof, keys: readonly NoteKey[], origin: string): void {
  const note = openNote(
    Buffer.from(proof.checkpoint),
    keys.map((key) => keyNamed(key, origin)),
  );
  assert.ok(typeof note === 'object');
  assert.equal(note.signatures.length, 2);
  const { size, root, ...head } = parseCheckpoint(note.text)!;
  assert.equal(head.origin, origin);
  assert.ok(verifyInclusion({ leaf: leafHash(proof.leaf), index: proof.index, size, root }, proof.hashes));
}

test('no role that runs the product takes an entry away from those that wait for their place', async (t) => {
  const { ctx, jobs, act } = await openLogs(t);
  const id = await act();
  const take = (db: typeof jobs.db) =>
    db.tenant(shop, (tx) => tx.run(sql`delete from app.audit_pending where organisation_id = ${shop}`));
  await assert.rejects(take(jobs.db), /waits for its place/);
  await assert.rejects(take(ctx.db));
  assert.equal(await sequenceAll(jobs, new Set(), true), 2);
  assert.ok(await ctx.db.tenant(shop, (tx) => proofOf(tx, shop, id)));
});

test('the name of a log tells nobody whose it is, and stays when the address changes', async (t) => {
  const logs = await openLogs(t);
  const at = (publicUrl: string) => ({ ...logs.jobs, config: { ...logs.jobs.config, publicUrl } });
  await logs.act();
  await sequenceAll(at('https://one.example.com'), 'all', true);
  const first = (await headOfShop(logs))!;
  assert.match(first.origin, /^one\.example\.com\/\.well-known\/sotto\/log\/of\/[0-9a-f]{32}$/);
  await logs.act();
  await sequenceAll(at('https://two.example.com'), 'all', true);
  assert.equal((await headOfShop(logs))!.origin, first.origin);
  assert.match((await logKeys(logs.ctx))[0]!, /^one\.example\.com\/\.well-known\/sotto\/log\+/);
});

test('a tree gets a new head once a minute when it changed, at once when that was asked for, and else none', async (t) => {
  const logs = await openLogs(t);
  const { ctx, jobs, act } = logs;
  const one = sequencer(jobs);
  const size = async () => (await headOfShop(logs))?.size;
  await act();
  await one.run();
  assert.equal(await size(), 1);
  await act();
  ctx.clock.advance(10_000);
  assert.equal(await one.run(), 0);
  ctx.clock.advance(50_000);
  await one.run();
  assert.equal(await size(), 2);
  ctx.clock.advance(60_000);
  assert.equal(await one.run(), 0);
  await act(shop, 'hold.asked');
  await act(shops[1]);
  one.news.news({ id: 'x', organisation: shop, objects: [`organisation:${shop}`, urgentNews] });
  assert.equal(await one.run(), 2);
  assert.equal(await size(), 3);
  assert.equal(await ctx.db.tenant(shops[1]!, (tx) => headOf(tx, shops[1]!)), undefined);
});

test('a security event tells the sequencer, in the same breath, and nothing else does', async (t) => {
  const { ctx } = await openLogs(t);
  const toldBy = (action: Action, urgent?: boolean) =>
    ctx.db.tenant(shop, async (tx) => {
      const told: string[] = [];
      const object = `organisation:${shop}` as const;
      const heard = { ...tx, tell: (one: string) => void told.push(one) };
      await record(ctx, heard, { organisation: shop, actor: 'system', action, object, ...(urgent && { urgent }) });
      return told.includes(urgentNews);
    });
  const events = ['sign-in.locked', 'person.role-changed', 'api-key.made', 'credential.revoked', 'hold.asked'] as const;
  for (const action of events) assert.equal(await toldBy(action), true, action);
  for (const action of ['call.answered', 'read.calls', 'lead.changed'] as const)
    assert.equal(await toldBy(action), false, action);
  assert.equal(await toldBy('claim.checked', true), true);
});

test('months of entries get their places in bounded transactions, and one head when all have', async (t) => {
  const { jobs, admin, actMany } = await openLogs(t);
  await actMany(9_000, 90 * 86_400_000);
  let transactions = 0;
  const db = {
    ...jobs.db,
    tenant: <T>(...given: Parameters<typeof jobs.db.tenant<T>>) => {
      transactions += 1;
      return jobs.db.tenant(...given);
    },
  };
  await sequenceAll({ ...jobs, db }, new Set(), true);
  const { rows } = await admin.query<{ sizes: number[]; tiles: number }>(
    `select array_agg(size::int) as sizes, (select count(*)::int from app.audit_tiles where organisation_id = $1) as tiles
     from app.audit_heads where organisation_id = $1`,
    [shop],
  );
  assert.deepEqual(rows, [{ sizes: [9_000], tiles: 35 }]);
  assert.ok(transactions >= 5);
});

const manipulations: Readonly<Record<string, string>> = {
  'root-not-as-signed': `update app.audit_places set hash = sha256(hash) where organisation_id = $1 and index = 2`,
  'shorter-than-signed': `delete from app.audit_places where organisation_id = $1 and index >= 3`,
  'head-not-as-signed': `update app.audit_heads set root = sha256(root) where organisation_id = $1`,
  'head-not-signed': `update app.audit_heads set note = replace(note, '— ', '— x') where organisation_id = $1`,
};

for (const [why, manipulation] of Object.entries(manipulations)) {
  test(`a tree that was manipulated is not signed again: ${why}`, async (t) => {
    const logs = await openLogs(t);
    const { jobs, admin, act, logged } = logs;
    for (let n = 0; n < 5; n += 1) await act();
    await sequenceAll(jobs, 'all', true);
    await admin.query(
      'alter table app.audit_places disable trigger all; alter table app.audit_heads disable trigger all',
    );
    await admin.query(manipulation, [shop]);
    await act();
    await act(shops[1]);
    await sequenceAll(jobs, 'all', true);
    const { rows } = await admin.query(
      `select t.stopped_why, count(h)::int as heads from app.audit_trees t left join app.audit_heads h using (organisation_id, tree)
       where tree = 'entries' group by organisation_id, t.stopped_why order by organisation_id`,
    );
    assert.deepEqual(rows, [
      { stopped_why: why, heads: 1 },
      { stopped_why: null, heads: 1 },
    ]);
    assert.deepEqual(
      logged.filter((event) => event === 'audit-log.contradicted'),
      ['audit-log.contradicted'],
    );
  });
}

test('another root key signs nothing on, and the right one goes on where it was', async (t) => {
  const logs = await openLogs(t);
  const { jobs, act } = logs;
  await act();
  await sequenceAll(jobs, 'all', true);
  const keys = testKeystore(seededRandom('another'));
  t.after(() => keys.close());
  await act();
  const strange = { ...keys, derive: () => Buffer.alloc(32, 7) };
  assert.equal(await sequenceAll({ ...jobs, keys: strange }, 'all', true), 0);
  assert.equal((await headOfShop(logs))!.size, 1);
  await sequenceAll(jobs, 'all', true);
  assert.equal((await headOfShop(logs))!.size, 2);
  const stopped = await logs.admin.query('select from app.audit_trees where stopped_at is not null');
  assert.equal(stopped.rowCount, 0);
});

test('no part of the program that serves gives places or signs, and nothing of it changes afterwards', async (t) => {
  const { ctx, jobs, act } = await openLogs(t);
  await act();
  await sequenceAll(jobs, 'all', true);
  const tables = ['audit_places', 'audit_tiles', 'audit_heads', 'audit_head_leaves', 'audit_trees', 'audit_pending'];
  const refused = (db: typeof ctx.db, statement: Sql, what: string) =>
    assert.rejects(
      db.tenant(installation, (tx) => tx.run(statement)),
      /permission denied/,
      what,
    );
  for (const table of tables) {
    const one = identifier('app', table);
    await refused(ctx.db, sql`insert into ${one} select * from ${one}`, table);
    await refused(ctx.db, sql`delete from ${one}`, table);
    if (table !== 'audit_pending') await refused(jobs.db, sql`delete from ${one}`, table);
    if (table !== 'audit_trees')
      await refused(jobs.db, sql`update ${one} set organisation_id = organisation_id`, table);
  }
});
