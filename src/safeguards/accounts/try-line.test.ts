import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, sql, type Id } from '#base';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness, type Business } from '../../../test/rows.ts';
import { carrierAccount, dropToken } from './carrier-accounts.ts';
import { lineCandidates } from './lines.ts';
import { ensureTryLine, fictionalNumber, tryAccount } from './try-line.ts';

let house: Office;
before(async () => {
  house = await openOffice();
});
after(() => house.close());

/** A business of its own, with an agent. */
const businessWithAgent = () => makeBusiness(house.db);

const ensured = ({ organisation, agentId }: Pick<Business, 'organisation' | 'agentId'>) =>
  house.db.tenant(organisation, (tx) => ensureTryLine(house.ctx, tx, { organisation, agentId }));

/** Another agent of that business. */
async function another({ organisation, agentId }: Business): Promise<Id> {
  const id = newId(house.ctx);
  await house.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, transfer_to,
        speech, model, disclose_ai, created_at)
      select organisation_id, ${id}::uuid, name, language, greeting, facts, hours, visit_minutes, transfer_to, speech,
        model, disclose_ai, created_at
      from app.agents where organisation_id = ${organisation} and id = ${agentId}`),
  );
  return id;
}

const counted = (organisation: Id) =>
  house.db.tenant(organisation, async (tx) => {
    const { lines } = await tx.one<{ lines: string }>(
      sql`select count(*) as lines from app.lines where organisation_id = ${organisation} and carrier = 'emulator'`,
    );
    const { accounts } = await tx.one<{ accounts: string }>(
      sql`select count(*) as accounts from app.carrier_accounts where organisation_id = ${organisation} and carrier = 'emulator'`,
    );
    return [Number(lines), Number(accounts)];
  });

test('the line to try a secretary is made once, however often and by how many at once it is wanted', async () => {
  const business = await businessWithAgent();
  const lines = await Promise.all([ensured(business), ensured(business), ensured(business)]);
  assert.equal(new Set(lines.map(({ lineId }) => lineId)).size, 1);
  assert.deepEqual(await ensured(business), lines[0]);
  assert.deepEqual(await counted(business.organisation), [1, 1]);
});

test('each agent has a line of its own at the one account of its organisation', async () => {
  const business = await businessWithAgent();
  const { organisation, agentId } = business;
  const first = await ensured(business);
  const second = await ensured({ organisation, agentId: await another(business) });
  assert.equal(first.accountId, second.accountId);
  assert.notEqual(first.lineId, second.lineId);
  const { accountSid } = await carrierAccount(house.ctx, { organisation, accountId: first.accountId }, { for: 'call' });
  const [candidate] = await lineCandidates(house.ctx, 'emulator', { account: accountSid, dialled: first.e164 });
  assert.deepEqual([candidate?.organisation, candidate?.agentId], [organisation, agentId]);
});

test('no two organisations share the account, the secret or a caller’s way in', async () => {
  const [one, two] = await Promise.all([businessWithAgent(), businessWithAgent()]);
  const opened = await Promise.all(
    [one, two].map(async (business) => {
      const { accountId } = await ensured(business);
      return carrierAccount(house.ctx, { organisation: business.organisation, accountId }, { for: 'call' });
    }),
  );
  const [a, b] = opened as [(typeof opened)[0], (typeof opened)[0]];
  assert.notEqual(a.accountSid, b.accountSid);
  assert.notEqual(a.authToken.reveal(), b.authToken.reveal());
  assert.match(a.authToken.reveal(), /^[0-9a-f]{64}$/);
});

test('an account that somebody disconnected is connected again with another secret', async () => {
  const business = await businessWithAgent();
  const { organisation } = business;
  const before = await ensured(business);
  const secret = () => carrierAccount(house.ctx, { organisation, accountId: before.accountId }, { for: 'call' });
  const { authToken } = await secret();
  await house.db.tenant(organisation, (tx) => dropToken(house.ctx, tx, organisation, before.accountId));
  assert.equal(await house.db.tenant(organisation, (tx) => tryAccount(house.ctx, tx, organisation)), undefined);
  assert.deepEqual(await ensured(business), before);
  assert.notEqual((await secret()).authToken.reveal(), authToken.reveal());
});

test('a number that is made up is one that nobody has', () => {
  for (const name of ['a', 'b', 'person:1', 'agent/2']) assert.match(fictionalNumber(name), /^\+1500555[1-9]\d{3}$/);
  assert.equal(fictionalNumber('a'), fictionalNumber('a'));
});
