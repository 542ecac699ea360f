import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, sql, type Id } from '#base';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { areSettled, askProcessors, processorStates } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const day = 86_400_000;

async function endedCall(as: { readonly carrier?: string; readonly model?: string } = {}): Promise<Id> {
  const { db, business } = office;
  const { organisation, agentId } = business;
  const call = await office.call();
  await db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      update app.calls set state = 'ended', ended_at = started_at + interval '1 minute', carrier = ${as.carrier ?? 'twilio'}
      where organisation_id = ${organisation} and id = ${call}`);
    await tx.run(sql`
      update app.agents set model = ${as.model ?? 'scripted'} where organisation_id = ${organisation} and id = ${agentId}`);
  });
  return call;
}

const ask = (calls: readonly Id[], erasure?: Id) =>
  office.db.tenant(office.business.organisation, (tx) =>
    askProcessors(office.ctx, tx, {
      organisation: office.business.organisation,
      calls,
      ...(erasure !== undefined && { erasure }),
    }),
  );

const states = (erasure: Id) =>
  office.db.tenant(office.business.organisation, (tx) =>
    processorStates(tx, { organisation: office.business.organisation, erasure }),
  );

test('a call at a carrier that holds something is asked for once, however often it is asked', async () => {
  const { organisation } = office.business;
  const call = await endedCall();
  const erasure = newId(office.ctx);
  assert.equal(await ask([call], erasure), 1);
  assert.equal(await ask([call], erasure), 0);
  const [one, ...more] = await states(erasure);
  assert.deepEqual(more, []);
  assert.deepEqual(
    [one?.processor, one?.company, one?.item, one?.name, one?.call, one?.state],
    ['twilio', 'Twilio Inc.', 'call', `CA${call}`, call, 'waiting'],
  );
  const settled = () => office.db.tenant(organisation, (tx) => areSettled(tx, { organisation, erasure }));
  assert.equal(await settled(), false);
});

test('two decisions about the same call are two deletions, each with its own proof', async () => {
  const call = await endedCall();
  assert.equal(await ask([call]), 1);
  assert.equal(await ask([call]), 0);
  assert.equal(await ask([call], newId(office.ctx)), 1);
});

test('nobody is asked for a call of the emulated carrier, of another organisation, or of none', async () => {
  const emulated = await endedCall({ carrier: 'emulator' });
  const foreign = await office.call(await makeBusiness(office.db));
  assert.equal(await ask([emulated, foreign, newId(office.ctx)], newId(office.ctx)), 0);
  assert.equal(await ask([]), 0);
});

test('of a model that stores nothing it is noted what stays, and until when; the scripted one is not mentioned', async () => {
  const [with_, without] = [newId(office.ctx), newId(office.ctx)];
  await ask([await endedCall({ carrier: 'emulator', model: 'scripted' })], without);
  assert.deepEqual(await states(without), []);
  await ask([await endedCall({ carrier: 'emulator', model: 'openai' })], with_);
  const [one] = await states(with_);
  assert.deepEqual([one?.processor, one?.state, one?.name], ['openai', 'nothing-held', null]);
  assert.deepEqual(
    one?.stays.map(({ what, until }) => [what, until]),
    [['abuse-monitoring', Date.UTC(2026, 0, 1) + 30 * day]],
  );
});
