import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { setKeeping, setPurposes, type Purpose } from '#safeguards/retention';
import { book } from '#secretary/appointments';
import { captureLead } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
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
  return ctx.db.tenant(organisation, async (tx) => {
    const of = { organisation, callId: call };
    const message = await takeMessage(ctx, tx, { ...of, body: new Personal('x'), urgent: false });
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
