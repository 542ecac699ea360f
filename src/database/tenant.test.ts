import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { bindingQuery, openDb, sql, tenantToken, together, type Db, type Tx } from '#base';
import { cloneDatabase, testDerive, type TestDatabase } from '../../test/cluster.ts';
import { tenantKey } from './database.ts';

const one = '00000000-0000-7000-8000-00000000a001';
const other = '00000000-0000-7000-8000-00000000a002';
const key = tenantKey(testDerive);

let database: TestDatabase;
let db: Db;
let raw: pg.Client;

before(async () => {
  database = await cloneDatabase();
  db = openDb({ connection: database.connection('app'), role: 'app', tenantKey: key });
  raw = new pg.Client(database.connection('app'));
  await raw.connect();
  for (const id of [one, other]) await db.tenant(id, (tx) => addOrganisation(tx, id));
});
after(async () => {
  await raw.end();
  await db.close();
  await database.drop();
});

function addOrganisation(tx: Tx, id: string): Promise<number> {
  return tx.run(sql`insert into app.organisations (id, kind, name, time_zone, language, region, created_at)
    values (${id}, 'customer', 'Shop', 'UTC', 'en', 'US', now())`);
}

/** Runs `attempt` in a transaction whose tenant token is `token`, and gives what it saw or the error's code. */
async function withToken(token: string | ((binding: string) => string)): Promise<unknown> {
  await raw.query('begin');
  try {
    const { rows } = await raw.query<{ binding: string }>(bindingQuery);
    const given = typeof token === 'string' ? token : token(rows[0]!.binding);
    await raw.query("select set_config('sotto.tenant', $1, true)", [given]);
    return (await raw.query<{ id: string }>('select id from app.organisations')).rows.map((row) => row.id);
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await raw.query('rollback');
  }
}

test('an organisation sees its own rows and no others', async () => {
  const seen = await db.tenant(one, (tx) => tx.rows(sql`select id from app.organisations`));
  assert.deepEqual(seen, [{ id: one }]);
});

test('an organisation cannot write a row into another', async () => {
  const stranger = '00000000-0000-7000-8000-00000000a003';
  await assert.rejects(
    db.tenant(one, (tx) => addOrganisation(tx, stranger)),
    { code: '42501' },
  );
  const moved = await db.tenant(one, (tx) =>
    tx.run(sql`update app.organisations set name = 'Ours' where id = ${other}`),
  );
  assert.equal(moved, 0);
});

test('without an organisation there are no rows', async () => {
  assert.deepEqual(await db.open((tx) => tx.rows(sql`select id from app.organisations`)), []);
});

test('the organisation is forgotten when its transaction ends', async () => {
  const single = openDb({ connection: database.connection('app'), role: 'app', tenantKey: key, poolSize: 1 });
  assert.equal((await single.tenant(one, (tx) => tx.rows(sql`select id from app.organisations`))).length, 1);
  assert.deepEqual(await single.open((tx) => tx.rows(sql`select id from app.organisations`)), []);
  await single.close();
});

test('a token is accepted only as it was made', async () => {
  assert.deepEqual(await withToken((binding) => tenantToken(key, one, binding)), [one]);
  assert.deepEqual(await withToken(''), []);
  const forgeries: ((binding: string) => string)[] = [
    (binding) => tenantToken(Buffer.alloc(32), one, binding),
    (binding) => tenantToken(key, one, binding).replace(one, other),
    (binding) => `${tenantToken(key, one, binding)}.`,
    (binding) => tenantToken(key, one, binding).slice(0, -1),
    (binding) => `${one}.${binding}`,
    () => one,
    () => 'nonsense',
  ];
  for (const forge of forgeries) assert.equal(await withToken(forge), '42501', String(forge));
});

test('a token of an earlier transaction or of another connection is refused', async () => {
  let earlier = '';
  await withToken((binding) => (earlier = tenantToken(key, one, binding)));
  assert.equal(await withToken(earlier), '42501');
  const elsewhere = new pg.Client(database.connection('app'));
  await elsewhere.connect();
  await elsewhere.query('begin');
  const { rows } = await elsewhere.query<{ binding: string }>(bindingQuery);
  assert.equal(await withToken(tenantToken(key, one, rows[0]!.binding)), '42501');
  await elsewhere.end();
});

test('no runtime role reads the tenant key, the ledger or another role by any route', async () => {
  for (const role of ['app', 'jobs', 'audit', 'prove'] as const) {
    const client = new pg.Client(database.connection(role));
    await client.connect();
    for (const attempt of [
      'select inner_pad from sec.tenant_key',
      'select hash from ledger.migrations',
      'set role sotto_migrate',
      'set role sotto_finder',
      'create table app.mine ()',
      'create temporary table mine ()',
      'create schema mine',
    ]) {
      await assert.rejects(client.query(attempt), { code: '42501' }, `${role}: ${attempt}`);
    }
    await client.end();
  }
});

test('the owner of the tables sees no rows of organisations', async () => {
  const client = new pg.Client(database.connection('migrate'));
  await client.connect();
  const { rowCount } = await client.query('select id from app.organisations');
  await client.end();
  assert.equal(rowCount, 0);
});

test('the finder functions name an organisation before one is known, and nothing else does', async () => {
  const found = await db.open((tx) =>
    tx.rows<{ id: string }>(sql`select id from sec.organisations() where id in (${one}, ${other}) order by id`),
  );
  assert.deepEqual(found, [{ id: one }, { id: other }]);
});

test('a finder answers a single statement, which sees no rows of organisations', async () => {
  const found = await db.find(sql`select id from sec.organisations() where id in (${one}, ${other}) order by id`);
  assert.deepEqual(found, [{ id: one }, { id: other }]);
  assert.deepEqual(await db.find(sql`select id from app.organisations`), []);
  await assert.rejects(db.find(sql`select 1 / 0`), { code: '22012' });
});

test('statements issued side by side are carried out in their order, each with its own answer', async () => {
  const answers = await db.tenant(one, (tx) =>
    Promise.all([
      tx.run(sql`update app.organisations set name = 'First' where id = ${one}`),
      tx.one<{ name: string }>(sql`select name from app.organisations where id = ${one}`),
      tx.run(sql`update app.organisations set name = 'Second' where id = ${one}`),
      tx.one<{ name: string }>(sql`select name from app.organisations where id = ${one}`),
    ]),
  );
  assert.deepEqual(answers, [1, { name: 'First' }, 1, { name: 'Second' }]);
});

test('a statement that comes after its transaction never reaches the one that has the connection then', async () => {
  const single = openDb({ connection: database.connection('app'), role: 'app', tenantKey: key, poolSize: 1 });
  const names = sql`select id from app.organisations`;
  const kept: Tx[] = [];
  const failing = single.tenant(one, async (tx) => {
    kept.push(tx);
    await Promise.all([tx.rows(sql`select 1 / 0`), tx.rows(names)]);
  });
  await assert.rejects(failing, { code: '22012' });
  await single.tenant(other, async (tx) => {
    await assert.rejects(kept[0]!.rows(names), /after the end of its transaction/);
    assert.deepEqual(await tx.rows(names), [{ id: other }]);
  });
  await single.close();
});

test('a transaction whose failure was passed over is not taken for committed', async () => {
  const passedOver = db.tenant(one, async (tx) => {
    await tx.run(sql`update app.organisations set name = 'Lost' where id = ${one}`);
    await tx.rows(sql`select 1 / 0`).catch(() => {});
  });
  await assert.rejects(passedOver, /nothing of its transaction was kept/);
});

test('a statement whose answer nobody waits for is committed with the rest, or fails all of it with its own error', async () => {
  const rename = (name: string) => sql`update app.organisations set name = ${name} where id = ${one}`;
  const name = () => db.tenant(one, (tx) => tx.one<{ name: string }>(sql`select name from app.organisations`));
  await db.tenant(one, async (tx) => tx.issue(rename('Issued')));
  assert.deepEqual(await name(), { name: 'Issued' });
  const failing = db.tenant(one, async (tx) => {
    tx.issue(rename('Lost'));
    tx.issue(sql`select 1 / 0`);
    tx.issue(rename('Lost as well'));
  });
  await assert.rejects(failing, { code: '22012' });
  const unsendable: { itself?: unknown } = {};
  unsendable.itself = unsendable;
  const unsent = db.tenant(one, async (tx) => {
    tx.issue(rename('Lost'));
    tx.issue(sql`select ${unsendable}::jsonb`);
  });
  await assert.rejects(unsent, TypeError);
  assert.deepEqual(await name(), { name: 'Issued' });
});

test('statements that are put together are all carried out, and the last one answers', async () => {
  const rename = sql`update app.organisations set name = ${'Renamed'} where id = ${one}`;
  const open = (at: string) =>
    sql`select ${at}::text as at, (select name from app.organisations where id = ${one}) as before`;
  const before = await db.tenant(one, (tx) => tx.one(together(open('alone'))));
  const answer = await db.tenant(one, (tx) => tx.one(together(rename, open('first'), open('last'))));
  assert.deepEqual(answer, { ...(before as object), at: 'last' });
  assert.deepEqual(await db.tenant(one, (tx) => tx.one(sql`select name from app.organisations`)), { name: 'Renamed' });
});

test('nothing can be put where row-level security does not reach: large objects are closed', async () => {
  for (const call of ["lo_from_bytea(0, '\\x01')", 'lo_create(0)', 'lo_get(1)', 'lo_open(1, 131072)']) {
    await assert.rejects(raw.query(`select ${call}`), { code: '42501' }, call);
  }
});

test('what injected SQL leaves on a connection does not reach the next organisation on it', async () => {
  const single = openDb({ connection: database.connection('app'), role: 'app', tenantKey: key, poolSize: 1 });
  try {
    await single.tenant(one, async (tx) => {
      await tx.run(sql`set session search_path = pg_temp`);
      await tx.run(sql`set session default_transaction_read_only = on`);
      await tx.run(sql`set session statement_timeout = 1`);
      await tx.run(sql`select set_config('sotto.tenant', 'left behind', false)`);
    });
    const found = await single.open((tx) =>
      tx.one<{ path: string; tenant: string; timeout: string }>(sql`
        select current_setting('search_path') as path, current_setting('sotto.tenant', true) as tenant,
          current_setting('statement_timeout') as timeout`),
    );
    assert.deepEqual({ ...found, tenant: found.tenant || '' }, { path: 'app', tenant: '', timeout: '30s' });
    await single.tenant(other, (tx) => tx.run(sql`update app.organisations set name = name where id = ${other}`));
    const { kept } = await single.open((tx) =>
      tx.one<{ kept: number }>(sql`select count(*) as kept from pg_prepared_statements`),
    );
    assert.equal(kept, 0, 'a statement that outlives its transaction can be replaced by another of the same name');
  } finally {
    await single.close();
  }
});
