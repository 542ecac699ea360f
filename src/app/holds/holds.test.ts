import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { permissions } from '#access';
import { newId, Personal } from '#base';
import { makeApiKey } from '#safeguards/accounts';
import { takeMessage } from '#secretary/messages';
import { makeBusiness, makeCall } from '../../../test/rows.ts';
import { byKey, openTeam, type Team } from '../../../test/team.ts';
import { teamRoutes } from '../team/routes.ts';
import { holdRoutes } from './routes.ts';

const day = 86_400_000;
const holds = '/api/v1/holds';

let team: Team;
before(async () => {
  team = await openTeam((ctx) => [...teamRoutes(ctx), ...holdRoutes(ctx)]);
});
after(() => team.close());

const later = (ms = 30 * day) => new Date(team.ctx.clock.now() + ms).toISOString();

/** Two people of a business with a call and a message. */
async function office() {
  const business = await makeBusiness(team.db);
  const { organisation } = business;
  const owner = await team.member('owner', organisation);
  const admin = await team.member('admin', organisation);
  const call = await makeCall(team.db, business);
  const message = await team.db.tenant(organisation, (tx) =>
    takeMessage(team.ctx, tx, { organisation, callId: call, body: new Personal('x'), urgent: false }),
  );
  return { organisation, owner, admin, call, message };
}

test('a hold is asked for by one person, approved by another, and shows what it holds, until when and why', async () => {
  const { owner, admin, call, message } = await office();
  const asked = await team.ask(owner.as, 'POST', holds, { reason: 'A claim at law.', until: later(), call });
  assert.deepEqual([asked.status, asked.json['lapsesAt']], [201, later(3 * day)]);
  const path = `${holds}/${asked.json.id}`;
  const alone = await team.ask(owner.as, 'POST', `${path}/approve`);
  assert.deepEqual([alone.status, alone.json.code], [409, 'second-person-needed']);
  const approved = await team.ask(admin.as, 'POST', `${path}/approve`);
  assert.deepEqual([approved.status, approved.json['state']], [200, 'in-force']);
  const { json } = await team.ask(admin.as, 'GET', path);
  assert.deepEqual([json['reason'], json['endsAt'], json['what']], ['A claim at law.', later(), 'call']);
  assert.deepEqual([json['askedBy'], json['approvedBy']], [owner.person, admin.person]);
  assert.deepEqual(json['held'], [
    { kind: 'call', id: call },
    { kind: 'message', id: message },
  ]);
  const none = { recording: 0, lead: 0, appointment: 0, contact: 0 };
  assert.deepEqual(json['holds'], { call: 1, message: 1, ...none });
  const list = await team.ask(owner.as, 'GET', holds);
  assert.deepEqual(
    list.json.items!.map(({ id }) => id),
    [asked.json.id],
  );
  const { items } = (await team.ask(owner.as, 'GET', '/api/v1/audit')).json;
  const actions = items!.map(({ action }) => action);
  for (const action of ['hold.asked', 'hold.approved', 'read.holds']) assert.ok(actions.includes(action), action);
});

test('a person is named by number, people are shown its last figures, and it is in no answer to a list', async () => {
  const { owner } = await office();
  const asked = await team.ask(owner.as, 'POST', holds, {
    reason: 'Ring +34600111222 about it.',
    until: later(),
    person: '+34 600 111 222',
  });
  assert.equal(asked.status, 201);
  const { json } = await team.ask(owner.as, 'GET', `${holds}/${asked.json.id}`);
  assert.deepEqual([json['what'], json['number']], ['person', '***-***-1222']);
  assert.ok(!JSON.stringify((await team.ask(owner.as, 'GET', holds)).json).includes('600111222'));
});

test('no key decides about holds, whatever its scopes, and neither do agents, viewers and those who are not fresh', async () => {
  const { organisation, owner, call } = await office();
  const { key } = await team.db.tenant(organisation, (tx) =>
    makeApiKey(team.ctx, tx, { organisation, name: 'all', scopes: permissions }),
  );
  const body = { reason: 'A claim at law.', until: later(), call };
  const byProgram = await team.ask(byKey(key), 'POST', holds, body);
  assert.deepEqual([byProgram.status, byProgram.json.code], [403, 'session-needed']);
  assert.equal((await team.ask(byKey(key), 'GET', holds)).status, 200);
  const stale = await team.ask(await team.signIn(owner.identity, { isFresh: false }), 'POST', holds, body);
  assert.deepEqual([stale.status, stale.json.code], [403, 'step-up-needed']);
  for (const role of ['agent', 'viewer'] as const) {
    const { as } = await team.member(role, organisation);
    for (const [method, given] of [
      ['POST', body],
      ['GET', undefined],
    ] as const) {
      const { status, json } = await team.ask(as, method, holds, given);
      assert.deepEqual([status, json.code], [403, 'role-lacks-permission'], `${role} ${method}`);
    }
  }
});

test('both, neither, no number, no end and no such call are refused', async () => {
  const { owner, call } = await office();
  const right = { reason: 'A claim at law.', until: later(), call };
  for (const [change, code] of [
    [{ person: '+34600111222' }, 'input-invalid'],
    [{ call: undefined }, 'input-invalid'],
    [{ call: undefined, person: 'nobody' }, 'input-invalid'],
    [{ until: later(-1) }, 'input-invalid'],
    [{ until: later(3_654 * day) }, 'input-invalid'],
    [{ until: undefined }, 'input-invalid'],
    [{ reason: ' ' }, 'input-invalid'],
    [{ reason: 'x'.repeat(2_001) }, 'input-invalid'],
    [{ call: newId(team.ctx) }, 'not-found'],
  ] as const) {
    const { json } = await team.ask(owner.as, 'POST', holds, { ...right, ...change });
    assert.equal(json.code, code, JSON.stringify(change));
  }
});
