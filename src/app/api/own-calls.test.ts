import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { seal } from '#safeguards/vault';
import { book } from '#secretary/appointments';
import { captureLead } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import { recordingRoutes } from '#secretary/recordings';
import { turnRoutes, writeTurn } from '#secretary/turns';
import { testObjects } from '../../../test/objects.ts';
import { makeBusiness, makeCall, type Business } from '../../../test/rows.ts';
import { byKey, openTeam, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from '../team/routes.ts';
import { callsOf } from './calls-of.ts';
import { apiRoutes } from './routes.ts';

let team: Team;
before(async () => {
  const objects = await testObjects({ after });
  team = await openTeam((ctx) => [
    ...teamRoutes(ctx),
    ...apiRoutes(ctx),
    ...turnRoutes({ ...ctx, callsOf }),
    ...recordingRoutes({ ...ctx, objects, callsOf }),
  ]);
});
after(() => team.close());

const said = 'my knee hurts';
const number = '+34600111222';
/** As people see it. */
const hidden = '***-***-1222';

/** A call with all that can come of one. */
async function fullCall(business: Business, at: number): Promise<Id> {
  const { organisation, agentId } = business;
  const callId = await makeCall(team.db, business);
  const subject = { organisation, kind: 'call', id: callId } as const;
  const sealed = (column: string, text: string) =>
    seal(team.ctx, subject, { table: 'calls', row: callId, column }, text);
  const [from, summary, slots] = [
    await sealed('caller_number', number),
    await sealed('summary', said),
    await sealed('extraction', JSON.stringify({ language: 'en', reason: said })),
  ];
  await team.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      update app.calls set caller_number = ${from}, summary = ${summary}, extraction = ${slots}
      where organisation_id = ${organisation} and id = ${callId}`);
    await tx.run(sql`
      insert into app.recordings (organisation_id, id, call_id, stream, key_id, enabled, state, segments, ms, started_at)
      values (${organisation}, ${callId}, ${callId}, 1, ${Buffer.alloc(16)}, true, 'closed', 1, 5000, '2026-01-01')`);
  });
  await team.db.tenant(organisation, async (tx) => {
    await captureLead(team.ctx, tx, { organisation, callId, interest: new Personal(said) });
    await takeMessage(team.ctx, tx, { organisation, callId, body: new Personal(said), urgent: false });
    const startsAt = team.ctx.clock.now() + at * 3_600_000;
    await book(team.ctx, tx, {
      organisation,
      agentId,
      callId,
      startsAt,
      minutes: 30,
      phone: new Personal(number),
      ownerNumber: new Personal(number),
    });
    const times = { endpointMs: 100, modelMs: 200 * at, sentMs: 200 * at + 1, heardMs: 200 * at + 50 };
    await writeTurn(tx, { organisation, callId, stream: 1, n: 1, agentId, at: team.ctx.clock.now() - 1, times });
  });
  return callId;
}

const assign = (as: Asker, call: Id, person: Id | null) =>
  team.ask(as, 'PUT', `/api/v1/calls/${call}/assignee`, { person });
const get = (as: Asker, path: string) => team.ask(as, 'GET', `/api/v1/${path}`);

async function office() {
  const business = await makeBusiness(team.db, { timeZone: 'Etc/UTC' });
  const calls = [await fullCall(business, 1), await fullCall(business, 2)];
  const owner = await team.member('owner', business.organisation);
  const agent = await team.member('agent', business.organisation);
  const viewer = await team.member('viewer', business.organisation);
  return { business, mine: calls[0]!, other: calls[1]!, owner, agent, viewer };
}

test('an agent sees the calls assigned to them and what came of those, and nothing else exists for them', async () => {
  const { mine, other, owner, agent } = await office();
  for (const list of ['calls', 'leads', 'messages', 'appointments']) {
    assert.deepEqual((await get(agent.as, list)).json.items, [], list);
  }
  const assigned = await assign(owner.as, mine, agent.person);
  assert.deepEqual([assigned.status, assigned.json], [200, { id: mine, assignedTo: agent.person }]);
  for (const list of ['calls', 'leads', 'messages', 'appointments']) {
    const { items } = (await get(agent.as, list)).json;
    assert.deepEqual(
      items?.map((item) => item['callId'] ?? item.id),
      [mine],
      list,
    );
    assert.equal((await get(owner.as, list)).json.items?.length, 2, list);
  }
  const own = await get(agent.as, `calls/${mine}`);
  assert.deepEqual([own.status, own.json['summary'], own.json['from']], [200, said, hidden]);
  assert.equal(own.json['recordedMs'], 5000);
  const missing = '00000000-0000-7000-8000-00000000dead';
  for (const path of ['', '/recording']) {
    const [foreign, none] = [
      await get(agent.as, `calls/${other}${path}`),
      await get(agent.as, `calls/${missing}${path}`),
    ];
    assert.deepEqual({ ...foreign.json, instance: '' }, { ...none.json, instance: '' });
    assert.equal(foreign.status, 404);
  }
});

test('a call that is no longer theirs is gone for an agent with the next request, its recording in hand included', async () => {
  const { mine, owner, agent } = await office();
  await assign(owner.as, mine, agent.person);
  const link = await get(agent.as, `calls/${mine}/recording`);
  assert.equal(link.status, 200);
  assert.equal((await assign(owner.as, mine, null)).status, 200);
  assert.equal((await get(agent.as, `calls/${mine}`)).status, 404);
  assert.equal((await get(agent.as, `calls/${mine}/recording`)).status, 404);
  const { pathname } = new URL(String(link.json['url']));
  assert.equal((await team.ask({}, 'GET', pathname)).status, 404);
});

test('a link to a recording plays nothing for who may no longer listen', async () => {
  const { mine, owner } = await office();
  const admin = await team.member('admin', owner.organisation);
  const { json } = await get(admin.as, `calls/${mine}/recording`);
  await team.ask(owner.as, 'PUT', `/api/v1/team/${admin.person}/role`, { role: 'viewer' });
  const played = await team.ask({}, 'GET', new URL(String(json['url'])).pathname);
  assert.deepEqual([played.status, played.json.code], [410, 'link-expired']);
});

test('how long callers waited is told an agent of their own calls alone', async () => {
  const { business, mine, owner, agent } = await office();
  await assign(owner.as, mine, agent.person);
  const path = `agents/${business.agentId}/latency`;
  assert.equal((await get(owner.as, path)).json['turns'], 2);
  const { json } = await get(agent.as, path);
  assert.deepEqual([json['turns'], json['heard']], [1, { p50: 250, p95: 250, p99: 250 }]);
});

test('without transcripts:read neither words nor number of a call are in any answer', async () => {
  const { mine, owner, viewer } = await office();
  const { key } = (await team.ask(owner.as, 'POST', '/api/v1/keys', { name: 'k', scopes: ['calls:read'] })).json;
  for (const as of [viewer.as, byKey(key!)]) {
    for (const path of ['calls', `calls/${mine}`]) {
      const { status, json } = await get(as, path);
      assert.equal(status, 200);
      const call = json.items?.find(({ id }) => id === mine) ?? json;
      assert.equal(call['state'], 'live');
      for (const field of ['from', 'summary', 'extraction', 'transcript', 'recordedMs']) {
        assert.ok(!(field in call), `${path} shows ${field}`);
      }
      assert.ok(!JSON.stringify(json).includes(said) && !JSON.stringify(json).includes(number));
    }
  }
  const all = await get(owner.as, `calls/${mine}`);
  assert.deepEqual([all.json['from'], all.json['summary'], all.json['transcript']], [hidden, said, []]);
});

test('a viewer sees neither leads nor messages, appointments or recordings', async () => {
  const { mine, viewer } = await office();
  for (const path of ['leads', 'messages', 'appointments', `calls/${mine}/recording`]) {
    const { status, json } = await get(viewer.as, path);
    assert.deepEqual([status, json.code], [403, 'role-lacks-permission'], path);
  }
});

test('a call is assigned by who may, to a member of the same organisation, and the log says so once', async () => {
  const { mine, owner, agent, viewer } = await office();
  const stranger = await team.member('owner');
  for (const as of [agent.as, viewer.as]) assert.equal((await assign(as, mine, agent.person)).status, 403);
  const foreignPerson = await assign(owner.as, mine, stranger.person);
  assert.deepEqual([foreignPerson.status, foreignPerson.json.code], [400, 'input-invalid']);
  const foreignCall = await assign(stranger.as, mine, stranger.person);
  assert.deepEqual([foreignCall.status, foreignCall.json.code], [404, 'not-found']);
  for (let round = 0; round < 2; round++) assert.equal((await assign(owner.as, mine, agent.person)).status, 200);
  const { json } = await get(owner.as, 'audit');
  assert.equal(json.items!.filter(({ action }) => action === 'call.assigned').length, 1);
});
