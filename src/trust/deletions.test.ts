import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql, type Id, type Sql } from '#base';
import { askProcessors } from '#safeguards/processors';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { makeBusiness, makeCall, type Business } from '../../test/rows.ts';
import reaches from './claims/deletion-reaches-processors.ts';
import { reachOf, rolledBack } from './means.ts';

const day = 86_400_000;

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

/** What the probe finds of one business: words of what it says, and how much it looked at in all. */
async function found({ organisation }: Business): Promise<{ readonly faults: string[]; readonly checked: number }> {
  const { faults, checked } = await rolledBack(ground.means.prove, (tx) => reaches.probe(reachOf(ground.means, tx)));
  const ours = await ground.ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ id: Id }>(sql`
      select id from app.processor_erasures where organisation_id = ${organisation}
      union all select id from app.calls where organisation_id = ${organisation}`),
  );
  const said = faults.filter(({ where }) => ours.some(({ id }) => where.endsWith(id))).map(({ what }) => what);
  return { faults: said, checked };
}

const change = ({ organisation }: Business, what: Sql) =>
  ground.ctx.db.tenant(organisation, (tx) => tx.run(sql`${what} where organisation_id = ${organisation}`));

/** A business with a call whose time was over so long ago; processors were asked, unless nobody thought of it. */
async function endedCall(how: { readonly agoMs?: number; readonly wasAsked?: boolean } = {}): Promise<Business> {
  const { ctx } = ground;
  const business = await makeBusiness(ctx.db);
  const { organisation } = business;
  const call = await makeCall(ctx.db, business);
  const at = new Date(ctx.clock.now() - (how.agoMs ?? 0));
  await ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      update app.calls set state = 'ended', ended_at = started_at, emptied_at = ${at}
      where organisation_id = ${organisation} and id = ${call}`);
    if (how.wasAsked !== false) await askProcessors(ctx, tx, { organisation, calls: [call] });
    await tx.run(sql`update app.processor_erasures set made_at = ${at} where organisation_id = ${organisation}`);
  });
  return business;
}

test('a call that ended here and that nobody was asked to delete is seen, however long ago that is', async () => {
  const before = await found(await endedCall());
  assert.deepEqual(before.faults, []);
  for (const agoMs of [0, 200 * day]) {
    const { faults, checked } = await found(await endedCall({ agoMs, wasAsked: false }));
    assert.deepEqual(faults, ['ended here, and the carrier was never asked to delete it']);
    assert.ok(checked > before.checked);
  }
});

test('a deletion has a day to be confirmed, and no more', async () => {
  assert.deepEqual((await found(await endedCall({ agoMs: day - 60_000 }))).faults, []);
  const late = await endedCall({ agoMs: day + 60_000 });
  assert.deepEqual((await found(late)).faults, ['has not been confirmed for a day']);
  const settled = sql`update app.processor_erasures set state = 'confirmed', due_at = null, settled_at = now()`;
  await change(late, settled);
  assert.deepEqual((await found(late)).faults, []);
});

test('what was given up is a fault for a month', async () => {
  const business = await endedCall({ agoMs: 8 * day });
  const settled = (agoMs: number) => sql`
    update app.processor_erasures set state = 'given-up', due_at = null,
      settled_at = ${new Date(ground.ctx.clock.now() - agoMs)}`;
  await change(business, settled(day));
  assert.deepEqual((await found(business)).faults, ['was given up before it was confirmed']);
  await change(business, settled(31 * day));
  assert.deepEqual((await found(business)).faults, []);
});

test('where the business has taken its account away there is nobody to blame', async () => {
  const business = await endedCall({ agoMs: 3 * day });
  assert.equal((await found(business)).faults.length, 1);
  await change(business, sql`update app.carrier_accounts set revoked_at = now()`);
  assert.deepEqual((await found(business)).faults, []);
});
