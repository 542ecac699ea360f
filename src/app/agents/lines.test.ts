import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { newId, openHttp, Personal, readConfig, seededRandom, systemClock, type Id } from '#base';
import { openExchange, type EmulatedNumber } from '#adapters/carriers';
import { regions } from '#rules';
import { addCarrierAccount, addLine, lineCandidates } from '#safeguards/accounts';
import { saveAgent } from '#secretary/agent';
import { noLine } from '#secretary/calls';
import { officeHours } from '../../../test/rows.ts';
import { teamFor, type Json, type Team } from '../../../test/team.ts';
import { teamRoutes } from '../team/routes.ts';
import { secretaryRoutes } from './routes.ts';

const allRegions = await regions();
const origin = 'https://phone.example.com';
const number = '+15005550006';
const account = { accountSid: `AC${'7'.repeat(32)}`, authToken: new Personal('a-token-of-the-carrier') };
const voiceUrl = `${origin}/carriers/twilio/voice`;
const statusUrl = `${origin}/carriers/twilio/status`;

type Scene = Team & {
  readonly owner: Awaited<ReturnType<Team['member']>>;
  readonly agent: Id;
  readonly credential: Id;
  add(change?: object): Promise<{ readonly status: number; readonly json: Json }>;
  check(line: Id): Promise<Json & { readonly findings: readonly Json[] }>;
};

/** A business whose carrier is the emulated one, on a real socket, with these numbers in its account. */
async function open(t: TestContext, numbers: readonly EmulatedNumber[], at = origin): Promise<Scene> {
  const outside = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  const senses = { clock: systemClock, random: seededRandom('lines'), http: outside };
  const exchange = await openExchange({ ...senses, origin: 'http://127.0.0.1:9', carrier: 'twilio', account, numbers });
  t.after(async () => {
    await exchange.close();
    await outside.close();
  });
  const env = { SOTTO_TWILIO_BASE_URL: exchange.rest.url };
  const http = openHttp({ config: readConfig(env), log: () => {} });
  t.after(() => http.close());
  const routesOf: Parameters<typeof teamFor>[1] = (ctx) => [
    ...teamRoutes(ctx),
    ...secretaryRoutes({ ...ctx, regions: allRegions, live: noLine(ctx), publicUrl: () => at }),
  ];
  const team = await teamFor(t, routesOf, { env, http });
  const owner = await team.member('owner');
  const agent = await agentOf(team, owner.organisation);
  const given = { vendor: 'twilio', account: account.accountSid, secret: account.authToken.reveal() };
  const { json } = await team.ask(owner.as, 'POST', '/api/v1/credentials', given);
  const credential = json.id!;
  return {
    ...team,
    owner,
    agent,
    credential,
    add: (change = {}) =>
      team.ask(owner.as, 'POST', '/api/v1/lines', {
        carrier: 'twilio',
        number,
        agentId: agent,
        account: credential,
        ...change,
      }),
    check: async (line) => {
      const told = await team.ask(owner.as, 'POST', `/api/v1/lines/${line}/check`);
      assert.equal(told.status, 200, JSON.stringify(told.json));
      return told.json as Json & { findings: Json[] };
    },
  };
}

async function agentOf(team: Team, organisation: Id): Promise<Id> {
  const id = newId(team.ctx);
  const words = { name: 'Nora', language: 'en-US', greeting: 'How may I help?', facts: [], tools: [] };
  const how = { speech: 'relay', model: 'scripted', voice: null, record: false, discloseAi: true } as const;
  const agent = { organisation, id, ...words, ...how, hours: officeHours, visitMinutes: 30, transferTo: null };
  await team.db.tenant(organisation, (tx) => saveAgent(team.ctx, tx, agent));
  return id;
}

const whats = ({ findings }: { readonly findings: readonly Json[] }) => findings.map(({ what }) => what);

test('a number is added, found by its calls, given to another agent, and taken away with its calls left', async (t) => {
  const scene = await open(t, []);
  const { owner, agent } = scene;
  const { status, json } = await scene.add();
  assert.equal(status, 201);
  const id = json.id!;
  const list = async () => (await scene.ask(owner.as, 'GET', '/api/v1/lines')).json;
  const [line] = (await list()).items!;
  assert.deepEqual(
    [line!.id, line!['number'], line!['agentId'], line!['voiceUrl'], line!['isConnected'], line!['checkResult']],
    [id, number, agent, voiceUrl, true, null],
  );
  const hint = { account: account.accountSid, dialled: number };
  assert.equal((await lineCandidates(scene.ctx, 'twilio', hint))[0]?.agentId, agent);
  const second = await agentOf(scene, owner.organisation);
  assert.equal((await scene.ask(owner.as, 'PATCH', `/api/v1/lines/${id}`, { agentId: second })).status, 204);
  assert.equal((await lineCandidates(scene.ctx, 'twilio', hint))[0]?.agentId, second);
  assert.equal((await scene.ask(owner.as, 'DELETE', `/api/v1/lines/${id}`)).status, 204);
  assert.deepEqual(await lineCandidates(scene.ctx, 'twilio', hint), [], 'nothing rings on it');
  assert.deepEqual((await list()).items, []);
  assert.equal((await scene.ask(owner.as, 'DELETE', `/api/v1/lines/${id}`)).status, 404);
  assert.equal((await scene.add()).json.id, id, 'added again it is the same line');
  assert.equal((await lineCandidates(scene.ctx, 'twilio', hint)).length, 1);
});

test('every mistake of a new number is told at once with its place', async (t) => {
  const scene = await open(t, []);
  const places = async (change: object) => {
    const { status, json } = await scene.add(change);
    assert.deepEqual([status, json.code], [400, 'input-invalid']);
    return (json['mistakes'] as { at: string }[]).map(({ at }) => at);
  };
  const nobody = newId(scene.ctx);
  const wrong = { carrier: 'emulator', number: '0800', account: nobody, agentId: nobody };
  assert.deepEqual(await places(wrong), ['/carrier', '/number', '/account', '/agentId']);
  await scene.add();
  assert.deepEqual(await places({}), ['/number']);
  const stranger = await scene.member('owner');
  const theirs = await agentOf(scene, stranger.organisation);
  assert.deepEqual(await places({ number: '+15005550007', agentId: theirs }), ['/agentId']);
});

test('a number that points here is right, and whatever is not is said exactly', async (t) => {
  const right = { voiceUrl, voiceMethod: 'POST', statusCallback: statusUrl, statusCallbackMethod: 'POST' };
  const one: EmulatedNumber = { phoneNumber: number, ...right };
  const scene = await open(t, [one]);
  const line = (await scene.add()).json.id!;
  assert.deepEqual(await scene.check(line), { result: 'right', findings: [], canPoint: false });
  // A fragment tells Twilio how long to wait; it is no part of what is signed.
  one.voiceUrl = `${voiceUrl}#rt=5000`;
  assert.equal((await scene.check(line))['result'], 'right');
  const cases: readonly (readonly [Partial<EmulatedNumber>, readonly string[], boolean])[] = [
    [{ voiceUrl: 'https://demo.twilio.com/welcome/voice/' }, ['voice-url'], true],
    [{ voiceUrl: `${voiceUrl}/` }, ['voice-url'], true],
    [{ voiceUrl: '', statusCallback: '' }, ['voice-url', 'status-url'], true],
    [{ voiceMethod: 'GET', statusCallbackMethod: 'GET' }, ['voice-method', 'status-method'], true],
    [{ trunkSid: 'TK1' }, ['diverted'], true],
    [{ voiceApplicationSid: 'AP1' }, ['diverted'], true],
  ];
  for (const [change, expected, canPoint] of cases) {
    Object.assign(one, { trunkSid: '', voiceApplicationSid: '', ...right, ...change });
    const told = await scene.check(line);
    assert.deepEqual(whats(told), expected, JSON.stringify(change));
    assert.deepEqual([told['result'], told['canPoint']], ['wrong', canPoint]);
  }
  const [elsewhere] = (await scene.ask(scene.owner.as, 'GET', '/api/v1/lines')).json.items!;
  assert.equal(elsewhere!['checkResult'], 'wrong');
});

test('what is and what should be are both told', async (t) => {
  const scene = await open(t, [{ phoneNumber: number, voiceUrl: 'https://elsewhere.example/a' }]);
  const { findings } = await scene.check((await scene.add()).json.id!);
  assert.deepEqual(
    findings.map(({ what, is, shouldBe }) => [what, is, shouldBe]),
    [
      ['voice-url', 'https://elsewhere.example/a', voiceUrl],
      ['status-url', null, statusUrl],
    ],
  );
  assert.ok(findings.every(({ fix }) => String(fix).length > 20));
});

test('pointing sets it right at the carrier, diversions included, and the log says who did it', async (t) => {
  const one: EmulatedNumber = { phoneNumber: number, voiceUrl: 'https://elsewhere.example/a', trunkSid: 'TK1' };
  const scene = await open(t, [one]);
  const line = (await scene.add()).json.id!;
  const { status, json } = await scene.ask(scene.owner.as, 'POST', `/api/v1/lines/${line}/point`);
  assert.deepEqual([status, json], [200, { result: 'right', findings: [], canPoint: false }]);
  assert.deepEqual(
    [one.voiceUrl, one.statusCallback, one.trunkSid, one.voiceApplicationSid],
    [voiceUrl, statusUrl, '', ''],
  );
  const log = await scene.ask(scene.owner.as, 'GET', '/api/v1/audit');
  const about = log.json.items!.filter(({ object }) => object === `line:${line}`);
  assert.deepEqual(
    about.map(({ action, actor }) => [action, actor]),
    [
      ['line.pointed', `person:${scene.owner.person}`],
      ['line.added', `person:${scene.owner.person}`],
    ],
  );
});

test('an address that no carrier reaches is the first thing said, and nothing is pointed there', async (t) => {
  const one: EmulatedNumber = { phoneNumber: number, trunkSid: 'TK1' };
  for (const at of ['http://127.0.0.1:8080', 'https://localhost', 'http://phone.example.com']) {
    const scene = await open(t, [one], at);
    const line = (await scene.add()).json.id!;
    const told = await scene.check(line);
    assert.deepEqual([whats(told), told['canPoint']], [['public-url', 'diverted'], false], at);
    const refused = await scene.ask(scene.owner.as, 'POST', `/api/v1/lines/${line}/point`);
    assert.deepEqual([refused.status, refused.json.code], [409, 'public-url-needed']);
    assert.equal(one.trunkSid, 'TK1');
  }
});

test('a number of another account, a wrong token, a disconnected account and a silent carrier are told apart', async (t) => {
  const scene = await open(t, [{ phoneNumber: number, takesCalls: false, voiceUrl, statusCallback: statusUrl }]);
  const other = (await scene.add({ number: '+15005550007' })).json.id!;
  assert.deepEqual(whats(await scene.check(other)), ['number']);
  const mute = (await scene.add()).json.id!;
  assert.deepEqual(whats(await scene.check(mute)), ['takes-calls']);
  const path = `/api/v1/credentials/${scene.credential}`;
  await scene.ask(scene.owner.as, 'PUT', `${path}/secret`, { secret: 'the-token-of-yesterday' });
  const [refused] = (await scene.check(mute)).findings;
  assert.deepEqual([refused!['what'], refused!['is']], ['account', 'key-refused']);
  const pointing = await scene.ask(scene.owner.as, 'POST', `/api/v1/lines/${mute}/point`);
  assert.deepEqual([pointing.status, pointing.json.code], [400, 'input-invalid']);
  await scene.ask(scene.owner.as, 'DELETE', path);
  assert.deepEqual(whats(await scene.check(mute)), ['account']);
  assert.equal((await scene.ask(scene.owner.as, 'GET', '/api/v1/lines')).json.items![0]!['isConnected'], false);
});

test('a carrier that does not answer says nothing of the number', async (t) => {
  const http = openHttp({ config: readConfig({ SOTTO_TWILIO_BASE_URL: 'http://127.0.0.1:9' }), log: () => {} });
  t.after(() => http.close());
  const env = { SOTTO_TWILIO_BASE_URL: 'http://127.0.0.1:9' };
  const routesOf: Parameters<typeof teamFor>[1] = (ctx) =>
    secretaryRoutes({ ...ctx, regions: allRegions, live: noLine(ctx), publicUrl: () => origin });
  const team = await teamFor(t, routesOf, { env, http });
  const owner = await team.member('owner');
  const { organisation } = owner;
  const agentId = await agentOf(team, organisation);
  const line = await team.db.tenant(organisation, async (tx) => {
    const accountId = await addCarrierAccount(team.ctx, tx, { organisation, carrier: 'twilio', ...account });
    return addLine(team.ctx, tx, { organisation, carrier: 'twilio', accountId, e164: number, agentId });
  });
  const { json } = await team.ask(owner.as, 'POST', `/api/v1/lines/${line}/check`);
  const findings = json['findings'] as Json[];
  assert.deepEqual(
    [json['result'], findings.map(({ what, is }) => [what, is])],
    ['unknown', [['carrier', 'unreachable']]],
  );
});

test('lines on this machine are not shown, and those of others look like none', async (t) => {
  const scene = await open(t, [{ phoneNumber: number }]);
  const { organisation } = scene.owner;
  const trying = await scene.db.tenant(organisation, async (tx) => {
    const here = { organisation, carrier: 'emulator' };
    const accountId = await addCarrierAccount(scene.ctx, tx, { ...here, ...account });
    return addLine(scene.ctx, tx, { ...here, accountId, e164: number, agentId: scene.agent });
  });
  const told = await scene.ask(scene.owner.as, 'GET', '/api/v1/lines');
  assert.deepEqual(told.json.items, []);
  assert.deepEqual(
    (told.json['accounts'] as Json[]).map(({ carrier }) => carrier),
    ['twilio'],
  );
  assert.ok(!JSON.stringify(told.json).includes(account.accountSid));
  assert.equal((await scene.ask(scene.owner.as, 'DELETE', `/api/v1/lines/${trying}`)).status, 404);
  const line = (await scene.add()).json.id!;
  const stranger = await scene.member('admin');
  for (const [method, path] of [
    ['POST', `/api/v1/lines/${line}/check`],
    ['POST', `/api/v1/lines/${line}/point`],
    ['DELETE', `/api/v1/lines/${line}`],
  ] as const) {
    assert.equal((await scene.ask(stranger.as, method, path)).status, 404, path);
  }
  const viewer = await scene.member('viewer', organisation);
  assert.equal((await scene.ask(viewer.as, 'GET', '/api/v1/lines')).status, 403);
});
