import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { regions } from '#rules';
import { addCarrierAccount, addLine, makeApiKey } from '#safeguards/accounts';
import { noLine } from '#secretary/calls';
import { requestsOnly } from '../../../test/requests-only.ts';
import { makeBusiness, makeCall } from '../../../test/rows.ts';
import { byKey, teamFor, type Team } from '../../../test/team.ts';
import { teamRoutes } from '../team/routes.ts';
import { secretaryRoutes } from './routes.ts';

const allRegions = await regions();
const answering = requestsOnly(async () => ({
  status: 200,
  headers: {},
  body: Buffer.from(JSON.stringify({ status: 'active', data: [] })),
}));

async function open(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const routesOf: Parameters<typeof teamFor>[1] = (ctx) => [
    ...teamRoutes(ctx),
    ...secretaryRoutes({ ...ctx, regions: allRegions, live: noLine(ctx) }),
  ];
  const team = await teamFor(t, routesOf, { env, http: answering });
  const business = await makeBusiness(team.db);
  const owner = await team.member('owner', business.organisation);
  const steps = async () => {
    const { json } = await team.ask(owner.as, 'GET', '/api/v1/setup');
    const all = json['steps'] as { step: string; done: boolean; why: string }[];
    return Object.fromEntries(all.map(({ step, done, why }) => [step, `${done ? 'done' : 'due'}: ${why}`]));
  };
  return { team, business, owner, steps };
}

test('a new business has everything before it, and every step follows from what there is', async (t) => {
  const { team, business, owner, steps } = await open(t);
  await lineAway(team, business.organisation);
  assert.deepEqual(await steps(), {
    'call': 'due: no-call',
    'carrier': 'due: not-connected',
    'model': 'due: not-connected',
    'number': 'due: no-line',
    'team': 'due: alone',
    'second-factor': 'due: missing',
  });
  const call = await makeCall(team.db, business);
  assert.equal((await steps())['call'], 'due: no-call', 'a call in which nothing was heard is none');
  await team.db.tenant(business.organisation, (tx) =>
    tx.run(sql`
      update app.calls set disclosed_at = now() where organisation_id = ${business.organisation} and id = ${call}`),
  );
  assert.equal((await steps())['call'], 'done: called');
  const connect = async (body: object) => (await team.ask(owner.as, 'POST', '/api/v1/credentials', body)).json.id!;
  const test = (id: Id) => team.ask(owner.as, 'POST', `/api/v1/credentials/${id}/test`);
  const twilio = await connect({ vendor: 'twilio', account: `AC${'9'.repeat(32)}`, secret: 'a-token-of-the-carrier' });
  const openai = await connect({ vendor: 'openai', secret: 'sk-of-the-business-itself' });
  assert.deepEqual([(await steps())['carrier'], (await steps())['model']], ['due: not-tested', 'due: not-tested']);
  await test(twilio);
  await test(openai);
  assert.deepEqual([(await steps())['carrier'], (await steps())['model']], ['done: works', 'done: works']);
  const invited = { email: 'ben@example.com', name: 'Ben', role: 'viewer' };
  assert.equal((await team.ask(owner.as, 'POST', '/api/v1/invitations', invited)).status, 201);
  assert.equal((await steps())['team'], 'due: invited');
  await team.member('viewer', business.organisation);
  assert.equal((await steps())['team'], 'done: together');
});

test('a number is done when it was found to point here, or a call came in over it', async (t) => {
  const { team, business, steps } = await open(t);
  const { organisation, agentId } = business;
  await lineAway(team, organisation);
  const line = await team.db.tenant(organisation, async (tx) => {
    const account = { accountSid: 'ACofTheBusiness', authToken: new Personal('a-token-of-the-carrier') };
    const accountId = await addCarrierAccount(team.ctx, tx, { organisation, carrier: 'twilio', ...account });
    return addLine(team.ctx, tx, { organisation, carrier: 'twilio', accountId, e164: '+15005550077', agentId });
  });
  const found = (result: string) =>
    team.db.tenant(organisation, (tx) =>
      tx.run(sql`
        update app.lines set checked_at = now(), check_result = ${result}
        where organisation_id = ${organisation} and id = ${line}`),
    );
  assert.equal((await steps())['number'], 'due: not-checked');
  await found('wrong');
  assert.equal((await steps())['number'], 'due: points-elsewhere');
  await found('right');
  assert.equal((await steps())['number'], 'done: works');
  await found('unknown');
  assert.equal((await steps())['number'], 'due: not-checked');
  await makeCall(team.db, { ...business, lineId: line });
  assert.equal((await steps())['number'], 'done: called');
});

test('the key of the installation is a speech model for everybody', async (t) => {
  const { steps } = await open(t, { SOTTO_OPENAI_KEY: 'sk-of-the-installation' });
  assert.equal((await steps())['model'], 'done: installation');
});

test('the list is put away for the whole organisation and got out again, and a key has no second factor', async (t) => {
  const { team, business, owner } = await open(t);
  const { organisation } = business;
  const dismissedAt = async (as = owner.as) => (await team.ask(as, 'GET', '/api/v1/setup')).json['dismissedAt'];
  assert.equal(await dismissedAt(), null);
  assert.equal((await team.ask(owner.as, 'PATCH', '/api/v1/setup', { dismissed: true })).status, 204);
  const admin = await team.member('admin', organisation);
  assert.equal(await dismissedAt(admin.as), new Date(team.ctx.clock.now()).toISOString());
  await team.ask(admin.as, 'PATCH', '/api/v1/setup', { dismissed: false });
  assert.equal(await dismissedAt(), null);
  const { key } = await team.db.tenant(organisation, (tx) =>
    makeApiKey(team.ctx, tx, { organisation, name: 'Lines', scopes: ['lines:read'], by: 'command:setup' }),
  );
  const { json } = await team.ask(byKey(key), 'GET', '/api/v1/setup');
  assert.ok(!(json['steps'] as { step: string }[]).some(({ step }) => step === 'second-factor'));
  const viewer = await team.member('viewer', organisation);
  assert.equal((await team.ask(viewer.as, 'GET', '/api/v1/setup')).status, 403);
});

/** The line and the account that the business of a test begins with are taken away. */
function lineAway(team: Team, organisation: Id): Promise<void> {
  return team.db.tenant(organisation, async (tx) => {
    await tx.run(sql`update app.lines set removed_at = now() where organisation_id = ${organisation}`);
    await tx.run(sql`update app.carrier_accounts set revoked_at = now() where organisation_id = ${organisation}`);
  });
}
