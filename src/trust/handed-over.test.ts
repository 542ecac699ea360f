import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal, sql, type Id, type Sql } from '#base';
import { confirmHandOver, setKeeping } from '#safeguards/retention';
import { captureLead } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import claim from './claims/handed-over-calls-are-forgotten.ts';
import { reachOf, rolledBack } from './means.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { makeBusiness, makeCall } from '../../test/rows.ts';

const minute = 60_000;

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

/** What happened to be written at that time (milliseconds ago). */
function ago(ms: number) {
  const { ctx } = ground;
  return { ...ctx, clock: { ...ctx.clock, now: () => ctx.clock.now() - ms } };
}

/** What the probe finds of one business, by kind. */
async function faultsOf(ids: readonly Id[]): Promise<string[]> {
  const { faults } = await rolledBack(ground.means.prove, (tx) => claim.probe(reachOf(ground.means, tx)));
  return faults.flatMap(({ what, where }) =>
    ids.some((id) => where.endsWith(id)) ? [`${where.split(':')[0]} ${what}`] : [],
  );
}

/** A business of that setting since an hour ago, and a call of it with a message and a lead, handed over so long ago. */
async function handedOver(ms: number, preset = 'sync-and-purge') {
  const business = await makeBusiness(ground.ctx.db);
  const { organisation } = business;
  const { db } = ground.ctx;
  await db.tenant(organisation, (tx) => setKeeping(ago(60 * minute), tx, { organisation, choice: { preset } }));
  const call = await makeCall(db, business);
  const at = new Date(ground.ctx.clock.now() - 90 * minute);
  const ids = await db.tenant(organisation, async (tx) => {
    const of = { organisation, callId: call };
    await tx.run(sql`update app.calls set state = 'ended', ended_at = ${at}, finished_at = ${at} where id = ${call}`);
    const message = await takeMessage(ground.ctx, tx, { ...of, body: new Personal('x'), urgent: false });
    const lead = await captureLead(ground.ctx, tx, { ...of, interest: new Personal('x') });
    await confirmHandOver(ago(ms), tx, { organisation, call, system: 'our-crm', reference: new Personal('R-1') });
    return [call, message, lead] as const;
  });
  return { organisation, ids, change: (change: Sql) => db.tenant(organisation, (tx) => tx.run(change)) };
}

const here = ['call', 'message', 'lead'].map((kind) => `${kind} was handed over and is here all the same`);

test('what was handed over is found a minute after it should have gone, and not where nothing was chosen', async () => {
  assert.deepEqual(await faultsOf((await handedOver(5.5 * minute)).ids), []);
  assert.deepEqual((await faultsOf((await handedOver(7 * minute)).ids)).toSorted(), here.toSorted());
  assert.deepEqual(await faultsOf((await handedOver(50 * minute, 'standard')).ids), []);
});

test('words and numbers in what says that it was forgotten are found, and digits that outlive their call', async () => {
  const { ids, change } = await handedOver(20 * minute);
  const [call, message, lead] = ids;
  await change(sql`update app.calls set conversation = null, forgotten_at = now() where id = ${call}`);
  await change(sql`update app.messages set body = null, contact_id = null, forgotten_at = now() where id = ${message}`);
  await change(sql`update app.leads set interest = null, forgotten_at = now() where id = ${lead}`);
  assert.deepEqual(await faultsOf(ids), []);
  const digits = Buffer.alloc(64, 1);
  await change(sql`update app.calls set masked = ${digits} where id = ${call}`);
  await change(sql`update app.messages set callback_index = ${Buffer.alloc(32, 1)} where id = ${message}`);
  await change(sql`update app.leads set name = ${digits} where id = ${lead}`);
  const left = 'was forgotten and still holds something';
  assert.deepEqual((await faultsOf(ids)).toSorted(), [`lead ${left}`, `message ${left}`]);
  await change(sql`update app.calls set emptied_at = now() where id = ${call}`);
  assert.ok((await faultsOf(ids)).includes('call its time is over and its last digits are there'));
});

test('a setting of that name that keeps longer than the name says is found', async () => {
  const { organisation, change } = await handedOver(minute);
  assert.deepEqual(await faultsOf([organisation]), []);
  const copy = sql`
    insert into app.keepings (organisation_id, version, preset, windows, after_hand_over_ms, gone_to, changed_at, changed_by)
    select organisation_id, version + 1, preset, jsonb_set(windows, '{leads}', '"account"'), after_hand_over_ms, gone_to,
      changed_at, changed_by from app.keepings where organisation_id = ${organisation} order by version desc limit 1`;
  await change(copy);
  assert.deepEqual(await faultsOf([organisation]), ['organisation keeps longer than its setting is called']);
});
