import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { iso, newId, Personal, sql, type Id } from '#base';
import { cleanUp, setKeeping, setPurposes, type Purpose } from '#safeguards/retention';
import { book } from '#secretary/appointments';
import { captureLead } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import hygieneClaim from './claims/hygiene-runs-hourly.ts';
import windows from './claims/windows-are-what-ends.ts';
import ends from './claims/content-ends-in-time.ts';
import serves from './claims/data-serves-what-was-agreed.ts';
import { reachOf, rolledBack } from './means.ts';
import type { Claim } from './claim.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { makeBusiness, makeCall, type Business } from '../../test/rows.ts';

const day = 86_400_000;
const hour = day / 24;

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

/** What the probe finds of one business. */
async function faultsOf(claim: Claim, ids: readonly Id[]): Promise<string[]> {
  assert.ok(claim.kind === 'proven');
  const { probe } = claim;
  const { faults } = await rolledBack(ground.means.prove, (tx) => probe(reachOf(ground.means, tx)));
  return faults.flatMap(({ what, where }) =>
    ids.some((id) => where.endsWith(id)) ? [`${where.split(':')[0]} ${what}`] : [],
  );
}

/** A call of that age with a message and a recording's row. */
async function aged(business: Business, ms: number): Promise<readonly [Id, Id]> {
  const { ctx } = ground;
  const { organisation } = business;
  const call = await makeCall(ctx.db, business);
  const at = new Date(ctx.clock.now() - ms);
  const said = { organisation, callId: call, body: new Personal('x'), urgent: false };
  const message = await ctx.db.tenant(organisation, (tx) => takeMessage(ctx, tx, said));
  return ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`update app.messages set created_at = ${at} where id = ${message}`);
    await tx.run(sql`update app.calls set state = 'ended', ended_at = ${at}, finished_at = ${at} where id = ${call}`);
    return [call, message] as const;
  });
}

test('what is past its time is found an hour later, by the days that its own business has set', async () => {
  const [usual, short] = [await makeBusiness(ground.ctx.db), await makeBusiness(ground.ctx.db)];
  await ground.ctx.db.tenant(short.organisation, (tx) =>
    setKeeping(ground.ctx, tx, { organisation: short.organisation, choice: { preset: 'minimal' } }),
  );
  assert.deepEqual(await faultsOf(ends, await aged(usual, 90 * day + hour / 2)), []);
  const found = ['call is here although its time is over', 'message is here although its time is over'];
  assert.deepEqual(await faultsOf(ends, await aged(usual, 90 * day + 2 * hour)), found);
  assert.deepEqual(await faultsOf(ends, await aged(short, 7 * day - hour)), []);
  assert.deepEqual(await faultsOf(ends, await aged(short, 7 * day + 2 * hour)), found);
});

test('leads and appointments are found by the time that is set for them, and nothing that a hold keeps', async () => {
  const business = await makeBusiness(ground.ctx.db);
  const { organisation, agentId } = business;
  await ground.ctx.db.tenant(organisation, (tx) =>
    setKeeping(ground.ctx, tx, { organisation, choice: { preset: 'minimal' } }),
  );
  const callId = await makeCall(ground.ctx.db, business);
  const made = async (ms: number) => {
    const past = { ...ground.ctx, clock: { ...ground.ctx.clock, now: () => ground.ctx.clock.now() - ms } };
    return ground.ctx.db.tenant(organisation, async (tx) => {
      const startsAt = past.clock.now() + 60_000;
      const { id } = await book(past, tx, { organisation, agentId, callId, startsAt, minutes: 1 });
      return [await captureLead(past, tx, { organisation, callId }), id];
    });
  };
  const [lead, appointment] = await made(30 * day + 2 * hour);
  const found = await faultsOf(ends, [lead!, appointment!]);
  assert.deepEqual(found, ['lead is here although its time is over', 'appointment is here although its time is over']);
  const hold = newId(ground.ctx);
  await ground.ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      insert into app.holds (organisation_id, id, state, call_id, until, asked_at, asked_by, lapses_at)
      values (${organisation}, ${hold}, 'asked', ${callId}, now() + interval '1 day', now(), ${hold}, now())`);
    await tx.run(sql`
      insert into app.held_items (organisation_id, hold_id, kind, item_id, day)
      values (${organisation}, ${hold}, 'lead', ${lead}, now())`);
  });
  assert.deepEqual(await faultsOf(ends, [lead!, appointment!]), ['appointment is here although its time is over']);
});

test('a setting that is not in the audit log is found, and one that brings back what was gone', async () => {
  const business = await makeBusiness(ground.ctx.db);
  const { organisation } = business;
  const { db, clock } = ground.ctx;
  await db.tenant(organisation, (tx) => setKeeping(ground.ctx, tx, { organisation, choice: { preset: 'minimal' } }));
  clock.advance(day);
  await db.tenant(organisation, (tx) => setKeeping(ground.ctx, tx, { organisation, choice: { preset: 'short' } }));
  const ids = [`${organisation}/1`, `${organisation}/2`, `${organisation}/3`];
  assert.deepEqual(await faultsOf(windows, ids), []);
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.keepings (organisation_id, version, preset, windows, gone_to, changed_at, changed_by)
      select organisation_id, 3, preset, windows, jsonb_set(gone_to, '{calls}', '"1970-01-01T00:00:00.000Z"'),
        ${iso(clock.now() + 1)}, 'system'
      from app.keepings where organisation_id = ${organisation} and version = 2`),
  );
  assert.deepEqual(await faultsOf(windows, ids), [
    'keeping a setting that the audit log does not know',
    'keeping a setting that brings back what was gone',
  ]);
});

test('words that ended before any setting said so are found; those that were in time under none are not', async () => {
  const business = await makeBusiness(ground.ctx.db);
  const { organisation } = business;
  const { db, clock } = ground.ctx;
  const end = async (ms: number) => {
    const [call] = await aged(business, ms);
    await db.tenant(organisation, (tx) =>
      tx.run(sql`update app.calls set emptied_at = ${iso(clock.now())}, conversation = null where id = ${call}`),
    );
    return call;
  };
  const early = ['call ended before its time'];
  assert.deepEqual(await faultsOf(windows, [await end(90 * day + 1)]), []);
  assert.deepEqual(await faultsOf(windows, [await end(89 * day)]), early);
  await db.tenant(organisation, (tx) => setKeeping(ground.ctx, tx, { organisation, choice: { preset: 'minimal' } }));
  const shorter = await end(8 * day);
  clock.advance(hour);
  await db.tenant(organisation, (tx) => setKeeping(ground.ctx, tx, { organisation, choice: { preset: 'short' } }));
  assert.deepEqual(await faultsOf(windows, [shorter]), [], 'it was past its time while seven days were set');
  assert.deepEqual(await faultsOf(windows, [await end(8 * day)]), [], 'and so was this one, an hour ago');
  const tooSoon = await end(6 * day);
  assert.deepEqual(await faultsOf(windows, [tooSoon]), early);
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.organisations set closing_asked_at = ${iso(clock.now() - day)}, closes_at = ${iso(clock.now())}
      where id = ${organisation}`),
  );
  assert.deepEqual(await faultsOf(windows, [tooSoon]), [], 'with the account everything ends');
});

test('an hourly run that is missing, late or failed is found', async () => {
  const { ctx } = ground;
  const found = async () => {
    const { faults } = await rolledBack(ground.means.prove, (tx) => hygieneClaim.probe(reachOf(ground.means, tx)));
    return faults.map(({ what }) => what);
  };
  const run = (sweepers: Parameters<typeof cleanUp>[1] = []) =>
    cleanUp({ ...ctx, log: () => {}, deleteObjects: async () => {} }, sweepers);
  ctx.clock.advance(2 * hour);
  assert.deepEqual(await found(), ['no run was ever written down']);
  await run();
  assert.deepEqual(await found(), []);
  ctx.clock.advance(2 * hour);
  assert.deepEqual(await found(), ['the last run is too long ago']);
  await run([{ name: 'sweeper', everyMs: 1, run: () => Promise.reject(new Error('away')) }]);
  assert.deepEqual(await found(), ['failed in the last run']);
  ctx.clock.advance(hour);
  await run();
  assert.deepEqual(await found(), []);
});

test('a call that says it was emptied and holds a word still is found', async () => {
  const business = await makeBusiness(ground.ctx.db);
  const { organisation } = business;
  const [call] = await aged(business, 91 * day);
  const empty = sql`conversation = null, emptied_at = now()`;
  await ground.ctx.db.tenant(organisation, (tx) => tx.run(sql`update app.calls set ${empty} where id = ${call}`));
  assert.deepEqual(await faultsOf(ends, [call]), []);
  await ground.ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`update app.calls set caller_index = ${Buffer.alloc(32, 1)} where id = ${call}`),
  );
  assert.deepEqual(await faultsOf(ends, [call]), ['call was emptied and still holds something']);
});

test('what was made without an agreement, or after it was taken back, is found; what was made before is not', async () => {
  const { ctx } = ground;
  const business = await makeBusiness(ctx.db);
  const { organisation, agentId } = business;
  const agree = (agreed: readonly Purpose[]) =>
    ctx.db.tenant(organisation, (tx) => setPurposes(ctx, tx, { organisation, agreed }));
  const make = (afterMs: number) =>
    ctx.db.tenant(organisation, async (tx) => {
      const callId = await makeCall(ctx.db, business);
      const later = { ...ctx, clock: { ...ctx.clock, now: () => ctx.clock.now() + afterMs } };
      const lead = await captureLead(later, tx, { organisation, callId });
      const startsAt = ctx.clock.now() + 5 * day + afterMs;
      const { id } = await book(later, tx, { organisation, agentId, callId, startsAt, minutes: 1 });
      return [lead, id];
    });
  const earlier = await make(0);
  await agree([]);
  assert.deepEqual(await faultsOf(serves, earlier), []);
  const found = ['appointment was made without an agreement to that', 'lead was made without an agreement to that'];
  const later = await make(2 * hour);
  assert.deepEqual((await faultsOf(serves, later)).toSorted(), found);
  await agree(['leads', 'appointments']);
  assert.deepEqual(await faultsOf(serves, later), []);
});
