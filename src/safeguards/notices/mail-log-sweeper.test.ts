import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { manualClock, openDb, Personal, seededRandom, sql, type Db, type Id, type Keystore } from '#base';
import { unseal } from '#safeguards/vault';
import { cloneDatabase, testDerive } from '../../../test/cluster.ts';
import { testKeystore } from '../../../test/keys.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { mailLogSweeper } from './mail-log-sweeper.ts';
import { placeOf } from './mail-row.ts';
import { notify } from './notify.ts';

const day = 86_400_000;

/** Two businesses that write mails, on a clock that is moved. */
async function desk(t: TestContext) {
  const database = await cloneDatabase();
  const random = seededRandom(t.name);
  const clock = manualClock(Date.UTC(2026, 10, 23, 15));
  const keys = testKeystore(random, clock);
  const open = (role: 'app' | 'jobs') =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token'), poolSize: 4 });
  const [db, jobs] = [open('app'), open('jobs')];
  t.after(async () => {
    await Promise.all([db.close(), jobs.close()]);
    await keys.close();
    await database.drop();
  });
  const ctx = { clock, random, keys, db };
  const organisations = [(await makeBusiness(db)).organisation, (await makeBusiness(db)).organisation] as const;
  return {
    clock,
    organisations,
    sweeper: (broken: { readonly keys?: Partial<Keystore>; readonly db?: Partial<Db> } = {}) =>
      mailLogSweeper({ ...ctx, keys: { ...keys, ...broken.keys }, db: { ...jobs, ...broken.db } }),
    write: (organisation: Id) =>
      db.tenant(organisation, (tx) =>
        notify(ctx, tx, {
          organisation,
          to: new Personal('ana@example.com'),
          language: 'en',
          notice: { kind: 'password-changed' },
        }),
      ),
    rows: (organisation: Id) =>
      db.tenant(organisation, (tx) =>
        tx.rows<{ id: Id; kind: string; recipient: Buffer }>(sql`
          select id, kind, recipient from app.mails where organisation_id = ${organisation} order by created_at`),
      ),
    address: (organisation: Id, row: { readonly id: Id; readonly recipient: Buffer }) =>
      unseal(ctx, organisation, placeOf(row.id, 'recipient'), row.recipient),
    receipts: (organisation: Id) =>
      db.tenant(organisation, (tx) =>
        tx.rows(sql`
          select id from app.audit_entries
          where organisation_id = ${organisation} and action = 'content.ended'`),
      ),
  };
}

test('to whom, about what and when a mail was written is known for twelve months to the millisecond, and then gone with its key', async (t) => {
  const { clock, organisations, sweeper, write, rows, address, receipts } = await desk(t);
  const [mine] = organisations;
  await write(mine);
  const [written] = await rows(mine);
  clock.advance(365 * day - 1);
  assert.equal(await sweeper().run(), 0);
  const [kept] = await rows(mine);
  assert.equal(kept?.kind, 'password-changed');
  assert.equal((await address(mine, kept)).reveal(), 'ana@example.com');
  clock.advance(1);
  assert.equal(await sweeper().run(), 1);
  assert.deepEqual(await rows(mine), []);
  await assert.rejects(address(mine, written!), { code: 'content-erased' });
  assert.equal((await receipts(mine)).length, 1);
  assert.equal(await sweeper().run(), 0, 'a second look finds nothing to do');
});

test('younger mails stay, and of each organisation its own go', async (t) => {
  const { clock, organisations, sweeper, write, rows } = await desk(t);
  for (const one of organisations) await write(one);
  clock.advance(200 * day);
  for (const one of organisations) await write(one);
  clock.advance(200 * day);
  assert.equal(await sweeper().run(), 2);
  for (const one of organisations) assert.equal((await rows(one)).length, 1);
});

test('wherever it is broken off, the next run ends it', async (t) => {
  const { clock, organisations, sweeper, write, rows, address } = await desk(t);
  const [mine] = organisations;
  await write(mine);
  const [written] = await rows(mine);
  clock.advance(365 * day);
  const gone = new Error('the process is gone');
  await assert.rejects(sweeper({ keys: { destroyAll: () => Promise.reject(gone) } }).run(), gone);
  assert.equal((await rows(mine)).length, 1);
  await assert.rejects(sweeper({ db: { tenant: () => Promise.reject(gone) } }).run(), gone);
  assert.equal((await rows(mine)).length, 1, 'the key is gone, the row not yet');
  await assert.rejects(address(mine, written!), { code: 'content-erased' });
  assert.equal(await sweeper().run(), 1);
  assert.deepEqual(await rows(mine), []);
});
