import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom, type Db, type Id } from '#base';
import { appendHashes, emptyRange, leafHash, parseCheckpoint, rootOfRange } from '#tlog';
import { installation, openLogs, shops, type Logs } from '../../../test/logs.ts';
import { sequenceAll } from './sequencer.ts';

/** Fails at the statement of that number, as a process that is killed there: what it has open is rolled back. */
function mortal(db: Db, lives: { left: number }): Db {
  return {
    ...db,
    tenant: (organisation, work) =>
      db.tenant(organisation, (tx) => {
        const live =
          <A extends unknown[], T>(run: (...given: A) => T) =>
          (...given: A): T => {
            if (lives.left-- <= 0) throw new Error('killed');
            return run(...given);
          };
        return work({
          ...tx,
          rows: live(tx.rows),
          maybe: live(tx.maybe),
          one: live(tx.one),
          run: live(tx.run),
        } as typeof tx);
      }),
  };
}

/**
 * Two nodes, of which each may be killed anywhere while both are at it and entries come in between. Returns how many were
 * killed.
 */
async function round({ jobs, ctx, act }: Logs, chance: (most: number) => number): Promise<number> {
  const all = [{ left: chance(60) }, { left: chance(60) }];
  const node = (lives: { left: number }) =>
    sequenceAll({ ...jobs, db: mortal(jobs.db, lives) }, 'all', true).catch(() => 0);
  const work: Promise<unknown>[] = all.map(node);
  for (let n = chance(6); n > 0; n -= 1) work.push(act([...shops, installation][chance(4)]));
  await Promise.all(work);
  ctx.clock.advance(chance(90_000));
  return all.filter(({ left }) => left < 0).length;
}

test('whatever is killed between two statements, on two nodes at once, each entry gets one place and no head is contradicted', async (t) => {
  const logs = await openLogs(t);
  const random = seededRandom('sequencer simulation');
  const chance = (most: number) => random.bytes(4).readUInt32BE() % most;
  await logs.actMany(300);
  const seen = new Set<string>();
  let killed = 0;
  for (let n = 0; n < 60; n += 1) {
    killed += await round(logs, chance);
    for (const { note } of await headsOf(logs)) seen.add(note);
  }
  assert.ok(killed >= 20, `${killed} were killed`);
  while ((await sequenceAll(logs.jobs, 'all', true)) > 0);
  const heads = await headsOf(logs);
  const kept = new Set(heads.map(({ note }) => note));
  for (const note of seen) assert.ok(kept.has(note), 'a head that was seen is there still');
  for (const organisation of [...shops, installation]) await isWhole(logs, organisation, 'entries', heads);
  await isWhole(logs, installation, 'heads', heads);
  const { rows } = await logs.admin.query('select from app.audit_pending');
  assert.equal(rows.length, 0);
});

type Kept = {
  readonly organisation: Id;
  readonly tree: string;
  readonly size: number;
  readonly note: string;
  readonly at: Date;
};

async function headsOf({ admin }: Logs): Promise<readonly Kept[]> {
  const { rows } = await admin.query<Kept>(
    'select organisation_id as organisation, tree, size::int, note, at from app.audit_heads order by size',
  );
  return rows;
}

/** Every leaf once, in places without a gap; every head over exactly the leaves before it; full tiles as they should be. */
async function isWhole({ admin }: Logs, organisation: Id, tree: string, heads: readonly Kept[]): Promise<void> {
  const leaves = tree === 'entries' ? 'audit_entries' : 'audit_head_leaves';
  const { rows: placed } = await admin.query<{ index: number; leaf: Buffer; hash: Buffer }>(
    `select p.index::int, l.leaf, p.hash from app.audit_places p
     join app.${leaves} l on l.organisation_id = p.organisation_id and l.id = p.entry_id
     where p.organisation_id = $1 and p.tree = $2 order by p.index`,
    [organisation, tree],
  );
  const { rows: all } = await admin.query(`select from app.${leaves} where organisation_id = $1`, [organisation]);
  assert.deepEqual(
    placed.map(({ index }) => index),
    all.map((_, index) => index),
  );
  const own = heads.filter((head) => head.organisation === organisation && head.tree === tree);
  let range = emptyRange;
  for (const head of own) {
    range = appendHashes(
      range,
      placed.slice(range.size, head.size).map(({ leaf }) => leafHash(leaf)),
    );
    const signed = parseCheckpoint(head.note.slice(0, head.note.indexOf('\n\n') + 1))!;
    assert.deepEqual([signed.size, signed.root], [range.size, rootOfRange(range)]);
  }
  assert.equal(own.at(-1)?.size ?? 0, placed.length);
  const { rows: tiles } = await admin.query<{ level: number; index: number; hashes: Buffer }>(
    'select level, index::int, hashes from app.audit_tiles where organisation_id = $1 and tree = $2 order by level, index',
    [organisation, tree],
  );
  assert.equal(tiles.length, Math.floor(placed.length / 256));
  for (const { index, hashes } of tiles)
    assert.deepEqual(hashes, Buffer.concat(placed.slice(index * 256, (index + 1) * 256).map(({ hash }) => hash)));
}
