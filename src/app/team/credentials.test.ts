import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openHttp, readConfig, sql } from '#base';
import { accountCandidates, accountVersion, modelAccess } from '#safeguards/accounts';
import { requestsOnly } from '../../../test/requests-only.ts';
import { standInKey } from '../../../test/stand-in-model/stand-in.ts';
import { standInFor } from '../../../test/stand-in-model/talk.ts';
import { teamFor, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from './routes.ts';

const token = 'a-token-of-the-carrier';
const account = `AC${'7'.repeat(28)}abcd`;

/** A team whose OpenAI is a stand-in on loopback. */
async function withOpenAi(t: TestContext): Promise<Team> {
  const standIn = await standInFor(t);
  const env = { SOTTO_OPENAI_BASE_URL: standIn.url };
  const http = openHttp({ config: readConfig(env), log: () => {} });
  t.after(() => http.close());
  return teamFor(t, teamRoutes, { env, http });
}

const answering = (status: number, body: unknown) =>
  requestsOnly(async () => ({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) }));

const connect = (team: Team, as: Asker, body: object) => team.ask(as, 'POST', '/api/v1/credentials', body);
const check = (team: Team, as: Asker, id: string) => team.ask(as, 'POST', `/api/v1/credentials/${id}/test`);

test('a provider is connected, tested at the vendor, rotated and revoked, and its secret never comes back', async (t) => {
  const team = await withOpenAi(t);
  const owner = await team.member('owner');
  const wrong = 'sk-of-somebody-else-0';
  const { status, json } = await connect(team, owner.as, { vendor: 'openai', secret: wrong });
  assert.equal(status, 201);
  const id = json.id!;
  const refused = await check(team, owner.as, id);
  assert.deepEqual([refused.status, refused.json['result']], [200, 'key-refused']);
  const elsewhere = 'https://eu.api.openai.com';
  await team.db.tenant(owner.organisation, (tx) =>
    tx.run(sql`
      update app.model_credentials set base_url = ${elsewhere} where organisation_id = ${owner.organisation}`),
  );
  assert.match(String(refused.json['detail']), /openai.*rotate/);
  const right = standInKey.padEnd(16, '-');
  const rotated = await team.ask(owner.as, 'PUT', `/api/v1/credentials/${id}/secret`, { secret: right });
  assert.equal(rotated.status, 204);
  const reached = await team.db.tenant(owner.organisation, (tx) =>
    modelAccess(team.ctx, tx, owner.organisation, 'openai'),
  );
  assert.deepEqual([reached?.key.reveal(), reached?.baseUrl], [right, elsewhere]);
  const list = await team.ask(owner.as, 'GET', '/api/v1/credentials');
  assert.deepEqual(
    list.json.items?.map(({ vendor, kind, account: ends, testResult }) => [vendor, kind, ends, testResult]),
    [['openai', 'model', null, null]],
  );
  const told = [list, refused, await team.ask(owner.as, 'GET', '/api/v1/audit')];
  assert.ok(!JSON.stringify(told).includes(wrong) && !JSON.stringify(told).includes(right));
  assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/credentials/${id}`)).status, 204);
  assert.equal((await check(team, owner.as, id)).status, 404);
});

test('a key that the vendor takes is said to be good, and when that was is kept', async (t) => {
  const key = 'sk-a-good-key-of-ours';
  const standIn = await standInFor(t, { key });
  const env = { SOTTO_OPENAI_BASE_URL: standIn.url };
  const http = openHttp({ config: readConfig(env), log: () => {} });
  t.after(() => http.close());
  const team = await teamFor(t, teamRoutes, { env, http });
  const owner = await team.member('owner');
  const { json } = await connect(team, owner.as, { vendor: 'openai', secret: key });
  const { json: told } = await check(team, owner.as, json.id!);
  assert.deepEqual(told, { result: 'ok', detail: 'openai accepts it.' });
  const list = await team.ask(owner.as, 'GET', '/api/v1/credentials');
  const [one] = list.json.items!;
  assert.deepEqual([one?.['testResult'], one?.['testedAt']], ['ok', new Date(team.ctx.clock.now()).toISOString()]);
});

test('what is wrong with a vendor that is not there is that it is not there', async (t) => {
  const env = { SOTTO_OPENAI_BASE_URL: 'http://127.0.0.1:9' };
  const http = openHttp({ config: readConfig(env), log: () => {} });
  t.after(() => http.close());
  const team = await teamFor(t, teamRoutes, { env, http });
  const owner = await team.member('owner');
  const { json } = await connect(team, owner.as, { vendor: 'openai', secret: 'sk-0123456789abcdef' });
  assert.equal((await check(team, owner.as, json.id!)).json['result'], 'unreachable');
});

test('a carrier is connected by its account, of which four characters are shown, and revoked at once everywhere', async (t) => {
  const team = await teamFor(t, teamRoutes, { http: answering(200, { status: 'active' }) });
  const owner = await team.member('owner');
  const { organisation } = owner;
  const { json } = await connect(team, owner.as, { vendor: 'twilio', account, secret: token });
  const id = json.id!;
  const list = await team.ask(owner.as, 'GET', '/api/v1/credentials');
  assert.equal(list.json.items?.[0]?.['account'], 'abcd');
  assert.ok(!JSON.stringify(list.json).includes(account));
  assert.equal((await check(team, owner.as, id)).json['result'], 'ok');
  assert.equal((await accountCandidates(team.ctx, 'twilio', account)).length, 1);
  const sealed = await team.db.tenant(organisation, (tx) =>
    tx.one<{ auth_token: Buffer }>(sql`
      select auth_token from app.carrier_accounts where organisation_id = ${organisation} and id = ${id}`),
  );
  const keyId = sealed.auth_token.subarray(1, 17);
  assert.ok(await team.ctx.keys.openKey(organisation, keyId));
  assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/credentials/${id}`)).status, 204);
  assert.equal(await team.ctx.keys.openKey(organisation, keyId), undefined, 'no copy can be opened');
  assert.deepEqual(await accountCandidates(team.ctx, 'twilio', account), []);
  await assert.rejects(accountVersion(team.ctx, organisation, id));
  const again = await connect(team, owner.as, { vendor: 'twilio', account, secret: `${token}-2` });
  assert.equal(again.json.id, id, 'its lines find it again');
  assert.equal((await check(team, owner.as, id)).json['result'], 'ok');
});

test('every opening for a test is in the audit log', async (t) => {
  const team = await teamFor(t, teamRoutes, { http: answering(200, { status: 'active' }) });
  const owner = await team.member('owner');
  const { json } = await connect(team, owner.as, { vendor: 'twilio', account, secret: token });
  await check(team, owner.as, json.id!);
  const log = await team.ask(owner.as, 'GET', '/api/v1/audit');
  const about = log.json.items!.filter(({ object }) => object === `credential:${json.id}`);
  assert.deepEqual(
    new Set(about.map(({ action }) => action)),
    new Set(['credential.added', 'credential.opened', 'credential.tested']),
  );
  assert.equal(about.length, 3);
});

test('a provider of no catalogue, one on this machine, and a misplaced or missing account are refused', async (t) => {
  const team = await teamFor(t, teamRoutes);
  const owner = await team.member('owner');
  for (const vendor of ['scripted', 'acme', '../openai', '__proto__']) {
    const { status, json } = await connect(team, owner.as, { vendor, secret: token });
    assert.deepEqual([status, json.code], [404, 'vendor-unknown'], vendor);
    assert.match(String(json['detail']), /openai/);
  }
  for (const body of [
    { vendor: 'twilio', secret: token },
    { vendor: 'openai', account, secret: token },
    { vendor: 'openai', secret: 'short' },
    { vendor: 'openai', secret: 'with a blank in the middle' },
    { vendor: 'twilio', account: 'AC 1', secret: token },
  ]) {
    const { status, json } = await connect(team, owner.as, body);
    assert.deepEqual([status, json.code], [400, 'input-invalid'], JSON.stringify(body));
    assert.ok(!JSON.stringify(json).includes(body.secret));
  }
});

test('credentials of another organisation look like none, and an admin may not see any', async (t) => {
  const team = await teamFor(t, teamRoutes, { http: answering(200, { status: 'active' }) });
  const [owner, stranger] = [await team.member('owner'), await team.member('owner')];
  const { json } = await connect(team, owner.as, { vendor: 'twilio', account, secret: token });
  const { id } = json;
  assert.deepEqual((await team.ask(stranger.as, 'GET', '/api/v1/credentials')).json.items, []);
  for (const act of [
    check(team, stranger.as, id!),
    team.ask(stranger.as, 'PUT', `/api/v1/credentials/${id}/secret`, { secret: token }),
    team.ask(stranger.as, 'DELETE', `/api/v1/credentials/${id}`),
  ]) {
    assert.equal((await act).status, 404);
  }
  const admin = await team.member('admin', owner.organisation);
  const refused = await team.ask(admin.as, 'GET', '/api/v1/credentials');
  assert.deepEqual([refused.status, refused.json.code], [403, 'role-lacks-permission']);
});
