import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import pg from 'pg';
import {
  isProblem,
  manualClock,
  openDb,
  seededRandom,
  sql,
  type Canonical,
  type Db,
  type DbRole,
  type Id,
  type Tx,
} from '#base';
import { cloneDatabase, testDerive, type TestDatabase } from '../../../test/cluster.ts';
import { testKeystore } from '../../../test/keys.ts';
import { parseLeaf } from './leaf.ts';
import { readEntry } from './read-entry.ts';
import { record, type NewEntry } from './record.ts';

const organisation = '00000000-0000-7000-8000-00000000a001';
const neighbour = '00000000-0000-7000-8000-00000000a002';
const object = 'call:0198f000-0000-7000-8000-000000000001';
const entry: NewEntry = { organisation, actor: 'caller', action: 'message.taken', object };
const clock = manualClock(Date.UTC(2026, 10, 20, 12, 0, 0, 7));
const random = seededRandom('audit');
const keys = testKeystore(random, clock);
const ctx = { clock, random, keys };

let database: TestDatabase;
let db: Db;

before(async () => {
  database = await cloneDatabase();
  db = dbOf('app');
  for (const id of [organisation, neighbour]) {
    await db.tenant(id, (tx) =>
      tx.run(sql`
        insert into app.organisations (id, kind, name, time_zone, language, region, created_at)
        values (${id}, 'customer', 'A firm', 'Etc/UTC', 'en', 'US', now())`),
    );
  }
});

after(async () => {
  await db.close();
  await keys.close();
  await database.drop();
});

function dbOf(role: DbRole): Db {
  return openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token') });
}

const write = (details?: { readonly [name: string]: Canonical }) =>
  db.tenant(organisation, (tx) => record(ctx, tx, { ...entry, details }));
const read = (id: Id, of = organisation) => db.tenant(of, (tx) => readEntry(ctx, tx, of, id));
const count = (table: 'entries' | 'details') =>
  db.tenant(organisation, async (tx) => {
    const rows = table === 'entries' ? sql`select 1 from app.audit_entries` : sql`select 1 from app.audit_details`;
    return (await tx.rows(sql`${rows} where organisation_id = ${organisation}`)).length;
  });
const isDamaged = (why: RegExp) => (error: unknown) => isProblem(error, 'content-damaged') && why.test(error.message);

/** Runs SQL as superuser with the append-only triggers off: what someone with the machine could do. */
async function tamper(text: string, values: readonly unknown[]): Promise<void> {
  const client = new pg.Client(database.admin());
  await client.connect();
  try {
    await client.query("set session_replication_role = 'replica'");
    assert.equal((await client.query(text, [...values])).rowCount, 1);
  } finally {
    await client.end();
  }
}

test('an entry reads back as it was written, with its details', async () => {
  const details = { callback: '+15005550006', urgent: true, tries: 3, parts: ['a', null] };
  const id = await write(details);
  const at = '2026-11-20T12:00:00.007Z';
  const { commitment, ...rest } = await read(id);
  assert.deepEqual(rest, { v: 1, id, organisation, at, actor: 'caller', action: 'message.taken', object, details });
  assert.match(commitment!, /^[0-9a-f]{64}$/);
});

test('an entry without details has no commitment and no row of details', async () => {
  const before = await count('details');
  const { details, commitment } = await read(await write());
  assert.deepEqual([details, commitment], ['none', null]);
  assert.equal(await count('details'), before);
});

test('equal details get different commitments, so that nobody can guess them', async () => {
  const [one, other] = [await read(await write({ a: 1 })), await read(await write({ a: 1 }))];
  assert.notEqual(one.commitment, other.commitment);
});

test('neither leaf nor details hold a word of the details in the clear', async () => {
  const id = await write({ words: 'quixotically-unique' });
  const row = await db.tenant(organisation, (tx) =>
    tx.one<{ leaf: Buffer; details: Buffer }>(sql`
      select e.leaf, d.details from app.audit_entries e
      join app.audit_details d on d.organisation_id = e.organisation_id and d.entry_id = e.id
      where e.organisation_id = ${organisation} and e.id = ${id}`),
  );
  assert.ok(parseLeaf(row.leaf));
  assert.equal(Buffer.concat([row.leaf, row.details]).includes('quixotically'), false);
});

test('an entry rolls back with its effect', async () => {
  const counts = async () => [await count('entries'), await count('details')];
  const before = await counts();
  const failing = async (tx: Tx) => {
    await record(ctx, tx, { ...entry, details: { a: 1 } });
    throw new RangeError('the effect failed');
  };
  await assert.rejects(db.tenant(organisation, failing), RangeError);
  assert.deepEqual(await counts(), before);
});

test('when the details cannot be sealed nothing is written', async () => {
  const before = await count('entries');
  const broken = { ...keys, contentKey: () => Promise.reject(new RangeError('no key')) };
  const attempt = (tx: Tx) => record({ ...ctx, keys: broken }, tx, { ...entry, details: { a: 1 } });
  await assert.rejects(db.tenant(organisation, attempt), RangeError);
  assert.equal(await count('entries'), before);
});

test('an entry is written for the organisation of its transaction and for no other', async () => {
  const attempt = (tx: Tx) => record(ctx, tx, { ...entry, organisation: neighbour });
  await assert.rejects(db.tenant(organisation, attempt), /row-level security/);
  const id = await write({ a: 1 });
  await assert.rejects(read(id, neighbour), (error) => isProblem(error, 'not-found'));
});

test('erased details leave the entry valid', async () => {
  clock.advance(86_400_000);
  const id = await write({ a: 'b' });
  assert.ok((await keys.destroy({ organisation, kind: 'audit', id: organisation })) > 0);
  const { details, commitment } = await read(id);
  assert.equal(details, 'erased');
  assert.match(commitment!, /^[0-9a-f]{64}$/);
  const purged = await write({ a: 'b' });
  await tamper('delete from app.audit_details where entry_id = $1', [purged]);
  assert.equal((await read(purged)).details, 'erased');
});

test('an entry that was changed behind the database is told', async () => {
  const leafOf = async (id: Id) =>
    db.tenant(organisation, (tx) =>
      tx.one<{ leaf: Buffer }>(sql`
        select leaf from app.audit_entries where organisation_id = ${organisation} and id = ${id}`),
    );
  const setLeaf = (id: Id, leaf: string) =>
    tamper('update app.audit_entries set leaf = $2 where id = $1', [id, Buffer.from(leaf)]);
  const leafWrong = isDamaged(/its leaf does not say/);
  const [one, two, three, four] = [
    await write({ a: 1 }),
    await write({ a: 2 }),
    await write({ a: 3 }),
    await write({ a: 4 }),
  ];
  const text = (await leafOf(one)).leaf.toString('utf8');
  await setLeaf(one, text.replace('caller', 'system'));
  assert.equal(
    (await read(one)).actor,
    'system',
    'one leaf alone cannot show this: that takes the log that hashes them',
  );
  await setLeaf(one, text.replace(/"commitment":"../, '"commitment":"00'));
  await assert.rejects(read(one), isDamaged(/not those its leaf commits to/));
  await setLeaf(one, text.replace('message.taken', 'call.ended'));
  await assert.rejects(read(one), leafWrong);
  await setLeaf(one, `${text} `);
  await assert.rejects(read(one), leafWrong);
  await tamper("update app.audit_entries set at = at + interval '1 ms' where id = $1", [two]);
  await assert.rejects(read(two), leafWrong);
  await setLeaf(three, (await leafOf(four)).leaf.toString('utf8'));
  await assert.rejects(read(three), leafWrong);
  const moved =
    'update app.audit_details d set details = s.details from app.audit_details s where d.entry_id = $1 and s.entry_id = $2';
  await tamper(moved, [four, three]);
  await assert.rejects(read(four), isDamaged(/audit_details\.details was changed, cut or moved/));
});

test('details that no leaf commits to are told', async () => {
  const [bare, full] = [await write(), await write({ a: 1 })];
  const copy =
    'insert into app.audit_details select organisation_id, $1, details from app.audit_details where entry_id = $2';
  await tamper(copy, [bare, full]);
  await assert.rejects(read(bare), isDamaged(/does not commit to/));
});

test('no runtime role can change, delete or empty the log, and neither can its owner', async () => {
  const id = await write({ a: 1 });
  const attempts = [
    "update app.audit_entries set action = 'call.ended'",
    'delete from app.audit_entries',
    'truncate app.audit_entries cascade',
    'alter table app.audit_entries disable trigger all',
  ];
  const details = [
    "update app.audit_details set details = ''",
    'delete from app.audit_details',
    'truncate app.audit_details',
  ];
  for (const role of ['app', 'jobs', 'audit', 'prove'] as const) {
    const run = roleRunner(role);
    const forbidden = role === 'prove' ? attempts : [...attempts, ...details];
    for (const text of forbidden)
      await assert.rejects(run(text), /permission denied|must be owner/, `${role}: ${text}`);
  }
  const client = new pg.Client(database.admin());
  await client.connect();
  try {
    for (const text of attempts.slice(0, 3)) {
      await assert.rejects(client.query(text), /the audit log is append-only/, `superuser: ${text}`);
    }
  } finally {
    await client.end();
  }
  // The owner sees no row to change, and may not empty the table either.
  const asOwner = roleRunner('migrate');
  await asOwner(attempts[0]!);
  await asOwner(attempts[1]!);
  await assert.rejects(asOwner(attempts[2]!), /the audit log is append-only/);
  const kept = await read(id);
  assert.deepEqual([kept.action, kept.details], ['message.taken', { a: 1 }]);
});

function roleRunner(role: DbRole | 'migrate') {
  return async (text: string) => {
    const client = new pg.Client(database.connection(role));
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
}
