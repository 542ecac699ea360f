import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { askErasure, proceed, type Asked, type EraseCtx } from '#safeguards/erasure';
import { phoneIndex } from '#secretary/contacts';
import certified from './claims/deletions-are-certified.ts';
import immediate from './claims/erasure-is-immediate.ts';
import { reachOf, rolledBack } from './means.ts';
import type { Claim } from './claim.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { makeBusiness, makeCall, type Business } from '../../test/rows.ts';

const minute = 60_000;

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

/** What the probe finds of these. */
async function faultsOf(claim: Claim, ...ids: readonly Id[]): Promise<string[]> {
  assert.ok(claim.kind === 'proven');
  const { probe } = claim;
  const { faults } = await rolledBack(ground.means.prove, (tx) => probe(reachOf(ground.means, tx)));
  return faults.flatMap(({ what, where }) => (ids.some((id) => where.endsWith(id)) ? [what] : []));
}

const ctx = (): EraseCtx => ({
  ...ground.ctx,
  objects: ground.objects,
  phoneIndex: (organisation, phone) => phoneIndex(ground.ctx, organisation, phone),
  removeIdentity: async () => false,
});

async function erased(business: Business): Promise<Asked & { readonly call: Id }> {
  const { organisation } = business;
  const call = await makeCall(ground.ctx.db, business);
  await change(organisation, sql`update app.calls set state = 'ended', ended_at = now() where id = ${call}`);
  const asked = await askErasure(ctx(), { organisation, what: { call } });
  await proceed(ctx(), asked.erasure);
  return { ...asked, call };
}

const change = (
  organisation: Id,
  statement: Parameters<Parameters<Parameters<EraseCtx['db']['tenant']>[1]>[0]['run']>[0],
) => ground.ctx.db.tenant(organisation, (tx) => tx.run(statement));

test('an erasure that waits for nothing and is not done is found after ten minutes', async () => {
  const business = await makeBusiness(ground.ctx.db);
  const person = { person: new Personal('+34600111222') };
  const { erasure } = await askErasure(ctx(), { organisation: business.organisation, what: person });
  assert.deepEqual(await faultsOf(immediate, erasure.id), []);
  ground.ctx.clock.advance(11 * minute);
  assert.deepEqual(await faultsOf(immediate, erasure.id), ['is looked at by nobody']);
  const later = new Date(ground.ctx.clock.now());
  await change(business.organisation, sql`update app.erasures set due_at = ${later} where id = ${erasure.id}`);
  assert.deepEqual(await faultsOf(immediate, erasure.id), [
    'was asked for and is not done, for no reason that is told',
  ]);
  await change(business.organisation, sql`update app.erasures set waits_for = 'hold' where id = ${erasure.id}`);
  assert.deepEqual(await faultsOf(immediate, erasure.id), []);
  await proceed(ctx(), erasure);
  assert.deepEqual(await faultsOf(immediate, erasure.id), []);
});

test('what was erased and is there again is found', async () => {
  const business = await makeBusiness(ground.ctx.db);
  const { call } = await erased(business);
  assert.deepEqual(await faultsOf(immediate, call), []);
  const again = await makeCall(ground.ctx.db, business);
  await change(business.organisation, sql`update app.calls set id = ${call} where id = ${again}`);
  assert.deepEqual(await faultsOf(immediate, call), ['was erased and is there again']);
});

test('what an erasure of a person overlooked is found by the number itself', async () => {
  const business = await makeBusiness(ground.ctx.db);
  const { organisation } = business;
  const person = new Personal('+34600111444');
  const index = await phoneIndex(ground.ctx, organisation, person);
  const { erasure } = await askErasure(ctx(), { organisation, what: { person } });
  await proceed(ctx(), erasure);
  const call = await makeCall(ground.ctx.db, business);
  const rang = (agoMs: number) => {
    const at = new Date(ground.ctx.clock.now() - agoMs);
    return change(
      organisation,
      sql`update app.calls set caller_index = ${index}, started_at = ${at} where id = ${call}`,
    );
  };
  await rang(0);
  assert.deepEqual(await faultsOf(immediate, call), [], 'whoever rings afterwards is somebody new');
  await rang(90 * minute);
  assert.deepEqual(await faultsOf(immediate, call), ['is of a person who was erased']);
});

test('a receipt that is missing, changed, of another erasure or not as final as it is, is found', async () => {
  const business = await makeBusiness(ground.ctx.db);
  const { organisation } = business;
  const [one, other] = [(await erased(business)).erasure, (await erased(business)).erasure];
  ground.ctx.clock.advance(11 * minute);
  assert.deepEqual(await faultsOf(certified, one.id, other.id), []);
  const found = async (statement: Parameters<typeof change>[1]) => {
    const { note } = await ground.ctx.db.tenant(organisation, (tx) =>
      tx.one<{ note: string }>(sql`select certificate as note from app.erasures where id = ${one.id}`),
    );
    await change(organisation, statement);
    const faults = await faultsOf(certified, one.id);
    await change(organisation, sql`update app.erasures set certificate = ${note} where id = ${one.id}`);
    return faults;
  };
  const set = (certificate: ReturnType<typeof sql>) =>
    found(sql`update app.erasures set certificate = ${certificate} where id = ${one.id}`);
  assert.deepEqual(await set(sql`null`), ['has no certificate']);
  assert.deepEqual(await set(sql`replace(certificate, '"after": 0', '"after": 1')`), [
    'has a certificate that is not genuine',
  ]);
  assert.deepEqual(await set(sql`replace(certificate, '— sotto', '— other')`), ['has a certificate of another key']);
  assert.deepEqual(await set(sql`(select o.certificate from app.erasures o where o.id = ${other.id})`), [
    'has the certificate of another erasure',
  ]);
  await change(
    organisation,
    sql`update app.erasures set state = 'done', due_at = null, done_at = now() where id = ${one.id}`,
  );
  assert.deepEqual(await faultsOf(certified, one.id), ['has a certificate that is not as final as it is']);
});
