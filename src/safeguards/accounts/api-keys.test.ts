import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, openDb, Personal, sql, type Db, type Sql } from '#base';
import { cloneDatabase, testDerive, type TestDatabase } from '../../../test/cluster.ts';
import { openOffice, type Office } from '../../../test/office.ts';
import { apiKeyHolder as holderFrom } from './api-key-use.ts';
import { hasApiKey, makeApiKey, revokeApiKey } from './api-keys.ts';
import { writeApiKey } from './api-key.ts';
import { makeOrganisation } from './organisations.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const from = { address: new Personal('192.0.2.7') };
const apiKeyHolder = (ctx: Parameters<typeof holderFrom>[0], key: string) => holderFrom(ctx, key, from);

const make = (scopes = ['calls:read', 'leads:read'], organisation = office.business.organisation) =>
  office.db.tenant(organisation, (tx) => makeApiKey(office.ctx, tx, { organisation, name: 'test', scopes }));

test('a key opens its organisation with its own scopes and nothing else', async () => {
  const { id, key } = await make();
  assert.deepEqual(await apiKeyHolder(office.ctx, key), {
    organisation: office.business.organisation,
    keyId: id,
    scopes: ['calls:read', 'leads:read'],
  });
});

test('the key itself is nowhere in the database, and its stored hash needs a key that is not there either', async () => {
  const { id, key } = await make();
  const { organisation } = office.business;
  const row = await office.db.tenant(organisation, (tx) =>
    tx.one<{ text: string; secret_hash: Buffer }>(sql`
      select api_keys::text as text, secret_hash from app.api_keys where organisation_id = ${organisation} and id = ${id}`),
  );
  const [, , keyId, secret] = key.split('_') as [string, string, string, string];
  assert.ok(row.text.includes(keyId) && !row.text.includes(secret));
  const elsewhere = { ...office.ctx, keys: { ...office.ctx.keys, derive: () => Buffer.alloc(32, 1) } };
  assert.equal(await apiKeyHolder(elsewhere, key), undefined);
});

/** A key with a right checksum whose id and secret are those of these bytes. */
function forged(id: Buffer, secret: Buffer): string {
  return writeApiKey({ bytes: (count) => (count === 8 ? id : secret) }).key;
}

/** The office's database, with every statement written down. */
function recording(db: Db) {
  const statements: string[] = [];
  const find = <R>(query: Sql) => {
    statements.push(query.text);
    return db.find<R>(query);
  };
  return { db: { ...db, find }, statements };
}

test('a wrong secret and an unknown key are refused alike, after the same work', async () => {
  const ours = { id: Buffer.alloc(8, 7), secret: Buffer.alloc(32, 7) };
  const { organisation } = office.business;
  const random = {
    bytes: (count: number) => (count === 8 ? ours.id : count === 32 ? ours.secret : office.ctx.random.bytes(count)),
  };
  const { key } = await office.db.tenant(organisation, (tx) =>
    makeApiKey({ ...office.ctx, random }, tx, { organisation, name: 'fixed', scopes: ['calls:read'] }),
  );
  assert.equal(key, forged(ours.id, ours.secret));
  const work: string[][] = [];
  for (const wrong of [forged(ours.id, Buffer.alloc(32, 8)), forged(Buffer.alloc(8, 9), ours.secret)]) {
    const { db, statements } = recording(office.db);
    assert.equal(await apiKeyHolder({ ...office.ctx, db }, wrong), undefined);
    work.push(statements);
  }
  assert.deepEqual(work[0], work[1]);
  assert.equal(work[0]?.length, 1);
});

test('two keys of different organisations that share a name part each open their own', async () => {
  const id = Buffer.alloc(8, 11);
  const other = await makeOrganisation(office.ctx, {
    kind: 'customer',
    name: 'Other',
    timeZone: 'Etc/UTC',
    language: 'en',
    region: 'US',
  });
  for (const [organisation, fill] of [
    [office.business.organisation, 1],
    [other, 2],
  ] as const) {
    const secret = Buffer.alloc(32, fill);
    const random = {
      bytes: (count: number) => (count === 8 ? id : count === 32 ? secret : office.ctx.random.bytes(count)),
    };
    await office.db.tenant(organisation, (tx) =>
      makeApiKey({ ...office.ctx, random }, tx, { organisation, name: 'shared', scopes: ['calls:read'] }),
    );
  }
  const holders = await Promise.all(
    [1, 2, 3].map((fill) => apiKeyHolder(office.ctx, forged(id, Buffer.alloc(32, fill)))),
  );
  assert.deepEqual(
    holders.map((holder) => holder?.organisation),
    [office.business.organisation, other, undefined],
  );
});

test('a revoked key is refused with the next request, in every process', async (t) => {
  const database: Pick<TestDatabase, 'connection'> = await cloneDatabase().then(async (clone) => {
    t.after(() => clone.drop());
    return clone;
  });
  const open = () =>
    openDb({ connection: database.connection('app'), role: 'app', tenantKey: testDerive('tenant-token') });
  const [here, there] = [open(), open()];
  const [ctx, other] = [
    { ...office.ctx, db: here },
    { ...office.ctx, db: there },
  ];
  try {
    const organisation = await makeOrganisation(ctx, {
      kind: 'customer',
      name: 'X',
      timeZone: 'Etc/UTC',
      language: 'en',
      region: 'US',
    });
    const { id, key } = await here.tenant(organisation, (tx) =>
      makeApiKey(ctx, tx, { organisation, name: 'k', scopes: ['calls:read'] }),
    );
    assert.ok(await apiKeyHolder(other, key));
    assert.equal(await here.tenant(organisation, (tx) => revokeApiKey(ctx, tx, { organisation, id })), true);
    await assert.rejects(apiKeyHolder(other, key), (error) => isProblem(error, 'key-revoked'));
    assert.equal(await here.tenant(organisation, (tx) => revokeApiKey(ctx, tx, { organisation, id })), false);
  } finally {
    await Promise.all([here.close(), there.close()]);
  }
});

test('nobody revokes a key of another organisation', async () => {
  const { id, key } = await make();
  const other = await makeOrganisation(office.ctx, {
    kind: 'customer',
    name: 'Other',
    timeZone: 'Etc/UTC',
    language: 'en',
    region: 'US',
  });
  for (const organisation of [other, office.business.organisation]) {
    const ended = await office.db.tenant(other, (tx) => revokeApiKey(office.ctx, tx, { organisation, id }));
    assert.equal(ended, false);
  }
  assert.ok(await apiKeyHolder(office.ctx, key));
});

test('a key without scopes, or with one that is no scope, is not made', async () => {
  for (const scopes of [[], ['calls'], ['*'], ['calls:read', 'Calls:READ']]) {
    await assert.rejects(make(scopes), (error: unknown) => isProblem(error, 'input-invalid'));
  }
});

test('making and revoking a key are in the audit log', async () => {
  const organisation = await makeOrganisation(office.ctx, {
    kind: 'customer',
    name: 'X',
    timeZone: 'Etc/UTC',
    language: 'en',
    region: 'US',
  });
  const { id } = await make(['calls:read'], organisation);
  await office.db.tenant(organisation, (tx) => revokeApiKey(office.ctx, tx, { organisation, id }));
  const rows = await office.db.tenant(organisation, (tx) =>
    tx.rows<{ action: string }>(
      sql`select action from app.audit_entries where organisation_id = ${organisation} order by at, id`,
    ),
  );
  assert.deepEqual(rows.map(({ action }) => action).toSorted(), [
    'api-key.made',
    'api-key.revoked',
    'organisation.made',
  ]);
});

test('only a live key of that name counts as having one', async () => {
  const { organisation } = office.business;
  const has = (name: string) => office.db.tenant(organisation, (tx) => hasApiKey(tx, organisation, name));
  const { id } = await office.db.tenant(organisation, (tx) =>
    makeApiKey(office.ctx, tx, { organisation, name: 'short-lived', scopes: ['calls:read'] }),
  );
  assert.deepEqual([await has('short-lived'), await has('never')], [true, false]);
  await office.db.tenant(organisation, (tx) => revokeApiKey(office.ctx, tx, { organisation, id }));
  assert.equal(await has('short-lived'), false);
});
