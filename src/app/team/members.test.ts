import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { roles } from '#access';
import { sql, type Id } from '#base';
import { factorRoutes } from '#safeguards/factors';
import { authenticatorApp } from '../../../test/authenticator-app.ts';
import { whileWaiting } from '../../../test/office.ts';
import { byKey, openTeam, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from './routes.ts';

let team: Team;
before(async () => {
  team = await openTeam((ctx) => [...teamRoutes(ctx), ...factorRoutes(ctx)]);
});
after(() => team.close());

const setRole = (as: Asker, person: Id, role: string) => team.ask(as, 'PUT', `/api/v1/team/${person}/role`, { role });
const remove = (as: Asker, person: Id) => team.ask(as, 'DELETE', `/api/v1/team/${person}`);
const leave = (as: Asker, organisation: Id) => team.ask(as, 'DELETE', `/api/v1/memberships/${organisation}`);

async function rolesIn(organisation: Id): Promise<string[]> {
  const rows = await team.db.tenant(organisation, (tx) =>
    tx.rows<{ role: string }>(sql`select role from app.people where organisation_id = ${organisation} order by role`),
  );
  return rows.map(({ role }) => role);
}

test('nobody gives a role above their own, and an admin cannot touch an owner', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  const agent = await team.member('agent', owner.organisation);
  for (const refused of [
    await setRole(admin.as, agent.person, 'owner'),
    await setRole(admin.as, admin.person, 'owner'),
    await setRole(admin.as, owner.person, 'viewer'),
    await remove(admin.as, owner.person),
  ]) {
    assert.deepEqual([refused.status, refused.json.code], [403, 'beyond-your-role']);
  }
  assert.deepEqual(await rolesIn(owner.organisation), ['admin', 'agent', 'owner']);
  assert.equal((await setRole(admin.as, agent.person, 'viewer')).status, 204);
  assert.equal((await setRole(owner.as, admin.person, 'owner')).status, 204);
});

test('whoever may not change the team is told which roles may', async () => {
  const owner = await team.member('owner');
  for (const role of ['agent', 'viewer'] as const) {
    const member = await team.member(role, owner.organisation);
    for (const refused of [await setRole(member.as, member.person, 'owner'), await remove(member.as, owner.person)]) {
      assert.deepEqual([refused.status, refused.json.code], [403, 'role-lacks-permission']);
    }
  }
});

test('the team is changed only within ten minutes of a second factor', async () => {
  const owner = await team.member('owner');
  const agent = await team.member('agent', owner.organisation);
  team.ctx.clock.advance(10 * 60_000);
  assert.equal((await setRole(owner.as, agent.person, 'viewer')).status, 204);
  team.ctx.clock.advance(1);
  await refusedAll(owner.as, agent.person);
});

test('a sign-in alone changes neither team, keys nor providers, however lately; to add a second factor opens them', async () => {
  const owner = await team.member('owner');
  const agent = await team.member('agent', owner.organisation);
  const as = await team.signIn(owner.identity, { isFresh: false });
  await refusedAll(as, agent.person);
  const { json } = await team.ask(as, 'POST', '/api/v1/session/totp');
  const code = authenticatorApp(String(json['secret'])).code(team.ctx.clock.now());
  const { cookie } = await team.ask(as, 'POST', '/api/v1/session/totp/confirm', { code });
  assert.ok(cookie);
  assert.equal((await setRole({ cookie }, agent.person, 'viewer')).status, 204);
});

async function refusedAll(as: Asker, member: Id): Promise<void> {
  for (const refused of [
    await setRole(as, member, 'viewer'),
    await remove(as, member),
    await team.ask(as, 'POST', '/api/v1/invitations', { email: 'late@example.com', role: 'agent' }),
    await team.ask(as, 'POST', '/api/v1/keys', { name: 'late', scopes: ['calls:read'] }),
    await team.ask(as, 'POST', '/api/v1/credentials', { vendor: 'openai', secret: 'x'.repeat(20) }),
  ]) {
    assert.deepEqual([refused.status, refused.json.code], [403, 'step-up-needed']);
  }
  assert.equal((await team.ask(as, 'GET', '/api/v1/team')).status, 200);
}

test('to leave takes a session and nothing else', async () => {
  const owner = await team.member('owner');
  const agent = await team.member('agent', owner.organisation);
  const as = await team.signIn(agent.identity, { isFresh: false });
  team.ctx.clock.advance(10 * 60_000 + 1);
  assert.equal((await leave(as, owner.organisation)).status, 200, 'whoever has no second factor can leave');
  assert.deepEqual(await rolesIn(owner.organisation), ['owner']);
});

test('the last owner cannot step down, be removed or leave; with another owner they can', async () => {
  const owner = await team.member('owner');
  for (const refused of [
    await setRole(owner.as, owner.person, 'admin'),
    await remove(owner.as, owner.person),
    await leave(owner.as, owner.organisation),
  ]) {
    assert.deepEqual([refused.status, refused.json.code], [409, 'last-owner']);
  }
  const second = await team.member('owner', owner.organisation);
  assert.equal((await setRole(owner.as, owner.person, 'admin')).status, 204);
  assert.equal((await leave(await team.signIn(owner.identity), owner.organisation)).status, 200);
  assert.equal((await leave(second.as, owner.organisation)).json.code, 'last-owner');
});

const rivalries: readonly (readonly [string, (one: Rival, other: Rival) => Promise<number>])[] = [
  ['demote each other', async (one, other) => (await setRole(one.as, other.person, 'agent')).status],
  ['remove each other', async (one, other) => (await remove(one.as, other.person)).status],
  ['leave', async (one) => (await leave(one.as, one.organisation)).status],
  ['step down', async (one) => (await setRole(one.as, one.person, 'admin')).status],
];
type Rival = { readonly as: Asker; readonly person: Id; readonly organisation: Id };

for (const [what, act] of rivalries) {
  test(`when two owners ${what} at the same moment, one owner is left`, async () => {
    for (let round = 0; round < 8; round++) {
      const one = await team.member('owner');
      const other = await team.member('owner', one.organisation);
      const statuses = await Promise.all([act(one, other), act(other, one)]);
      const done = statuses.filter((status) => status < 300);
      assert.equal(done.length, 1, statuses.join());
      assert.equal((await rolesIn(one.organisation)).filter((role) => role === 'owner').length, 1);
    }
  });
}

test('what somebody may do counts when it is done, not when they asked', async () => {
  const owner = await team.member('owner');
  const { organisation } = owner;
  const [second, third] = [await team.member('owner', organisation), await team.member('owner', organisation)];
  for (const act of [
    () => setRole(second.as, third.person, 'viewer'),
    () => remove(second.as, third.person),
    () => team.ask(second.as, 'POST', '/api/v1/keys', { name: 'late', scopes: ['credentials:write'] }),
  ]) {
    const role = (name: string) => sql`
      update app.people set role = ${name} where organisation_id = ${organisation} and id = ${second.person}`;
    const { outcome } = await team.db.tenant(organisation, async (tx) => {
      await tx.one(sql`select id from app.organisations where id = ${organisation} for no key update`);
      await tx.run(role('agent'));
      return whileWaiting(tx, act);
    });
    assert.equal((await outcome).status, 403);
    await team.db.tenant(organisation, (tx) => tx.run(role('owner')));
  }
  assert.deepEqual(await rolesIn(organisation), ['owner', 'owner', 'owner']);
});

test('a member who is removed is nobody in every process with the next request, and so are their keys', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  const scopes = ['organisation:read', 'keys:write'];
  const make = (as: Asker) => team.ask(as, 'POST', '/api/v1/keys', { name: 'mine', scopes });
  const first = byKey((await make(admin.as)).json.key!);
  const second = byKey((await make(first)).json.key!);
  for (const as of [admin.as, first, second]) assert.equal((await team.ask(as, 'GET', '/api/v1/me')).status, 200);
  const gone = await remove(owner.as, admin.person);
  assert.deepEqual([gone.status, gone.json], [200, { keysRevoked: 2, invitationsWithdrawn: 0 }]);
  for (const [as, code] of [
    [first, 'key-revoked'],
    [second, 'key-revoked'],
    [admin.as, 'sign-in-needed'],
  ] as const) {
    const { status, json } = await team.ask(as, 'GET', '/api/v1/me');
    assert.deepEqual([status, json.code], [401, code]);
  }
});

test('name and address of who was removed can be read nowhere any more, not even from a copy of the table', async () => {
  const owner = await team.member('owner');
  const agent = await team.member('agent', owner.organisation);
  const { organisation } = owner;
  const copy = await team.db.tenant(organisation, (tx) =>
    tx.one<{ email: Buffer }>(sql`
      select email from app.people where organisation_id = ${organisation} and id = ${agent.person}`),
  );
  const keyId = copy.email.subarray(1, 17);
  assert.ok(await team.ctx.keys.openKey(organisation, keyId));
  assert.equal((await remove(owner.as, agent.person)).status, 200);
  assert.equal(await team.ctx.keys.openKey(organisation, keyId), undefined);
});

test('a changed role holds with the next request', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  assert.equal((await team.ask(admin.as, 'GET', '/api/v1/keys')).status, 200);
  await setRole(owner.as, admin.person, 'viewer');
  const { status } = await team.ask(admin.as, 'GET', '/api/v1/keys');
  assert.equal(status, 403);
});

test('members of another organisation cannot be seen, changed or removed, and look like nobody', async () => {
  const [owner, stranger] = [await team.member('owner'), await team.member('owner')];
  const missing = '00000000-0000-7000-8000-00000000dead';
  const list = await team.ask(stranger.as, 'GET', '/api/v1/team');
  assert.deepEqual(
    list.json.items?.map(({ id }) => id),
    [stranger.person],
  );
  for (const act of [
    (person: Id) => setRole(stranger.as, person, 'viewer'),
    (person: Id) => remove(stranger.as, person),
    () => leave(stranger.as, owner.organisation),
  ]) {
    const [foreign, none] = [await act(owner.person), await act(missing)];
    const told = ({ status, json }: typeof foreign) => [status, { ...json, instance: '' }];
    assert.deepEqual(told(foreign), told(none));
    assert.equal(foreign.status, 404);
  }
});

test('a key changes members only when it may do all that their role may', async () => {
  const owner = await team.member('owner');
  const viewer = await team.member('viewer', owner.organisation);
  const make = async (scopes: readonly string[]) =>
    byKey((await team.ask(owner.as, 'POST', '/api/v1/keys', { name: 'k', scopes })).json.key!);
  const narrow = await make(['team:write']);
  const refused = await setRole(narrow, viewer.person, 'viewer');
  assert.deepEqual([refused.status, refused.json.code], [403, 'beyond-your-role']);
  const wide = await make(['team:write', 'calls:read', 'organisation:read', 'agents:read']);
  assert.equal((await remove(wide, viewer.person)).status, 200);
  const owners = await remove(wide, owner.person);
  assert.equal(owners.json.code, 'beyond-your-role');
});

test('changing the team waits for nothing that calls wait for', async () => {
  const owner = await team.member('owner');
  const { organisation } = owner;
  await team.db.tenant(organisation, async (tx) => {
    await tx.one(sql`select id from app.organisations where id = ${organisation} for no key update`);
    // A row that refers to the organisation, as every call does, is written meanwhile by another connection.
    await team.db.tenant(organisation, (other) =>
      other.run(sql`
        insert into app.suppressions (organisation_id, id, phone_index, reason, created_at)
        values (${organisation}, ${organisation}, ''::bytea, 'test', '2026-01-01')`),
    );
  });
});

test('who did what to the team is in the audit log, with where they were', async () => {
  const owner = await team.member('owner');
  const agent = await team.member('agent', owner.organisation);
  await setRole(owner.as, agent.person, 'viewer');
  await remove(owner.as, agent.person);
  const { json } = await team.ask(owner.as, 'GET', '/api/v1/audit');
  const entries = json.items!.filter(({ object }) => object === `person:${agent.person}`);
  assert.deepEqual(
    new Set(entries.map(({ action }) => action)).isSupersetOf(new Set(['person.role-changed', 'person.removed'])),
    true,
  );
  for (const { action, actor, details } of entries) {
    if (action !== 'person.role-changed' && action !== 'person.removed') continue;
    assert.equal(actor, `person:${owner.person}`);
    assert.ok('address' in (details as object), String(action));
  }
});

test('the published matrix is the table that guards', async () => {
  const { status, json } = await team.ask({}, 'GET', '/api/v1/permissions');
  assert.equal(status, 200);
  assert.deepEqual(json['roles'], [...roles]);
  for (const role of roles) {
    const member = await team.member(role);
    const me = await team.ask(member.as, 'GET', '/api/v1/me');
    const published = (json['permissions'] as { permission: string; roles: Record<string, string> }[]).flatMap(
      ({ permission, roles: able }) => (able[role] ? [[permission, able[role]] as const] : []),
    );
    assert.deepEqual(me.json['grants'], Object.fromEntries(published), role);
  }
});
