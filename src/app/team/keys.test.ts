import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql, type Id } from '#base';
import { apiKeyScan } from '#safeguards/accounts';
import { byKey, openTeam, statusesOf, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from './routes.ts';

let team: Team;
before(async () => {
  team = await openTeam(teamRoutes);
});
after(() => team.close());

const hour = 3_600_000;

const make = (as: Asker, given: object = {}) =>
  team.ask(as, 'POST', '/api/v1/keys', { name: 'a key', scopes: ['organisation:read'], ...given });
const use = (key: string | undefined) => team.ask(byKey(key ?? ''), 'GET', '/api/v1/organisation');
const rotate = (as: Asker, id: string, keepOldForHours: number) =>
  team.ask(as, 'POST', `/api/v1/keys/${id}/rotate`, { keepOldForHours });
const refusal = ({ status, json }: Awaited<ReturnType<typeof use>>) => [status, json.code];

async function made(as: Asker, given: object = {}): Promise<{ id: Id; key: string }> {
  const { status, json } = await make(as, given);
  assert.equal(status, 201, JSON.stringify(json));
  return { id: json.id!, key: json.key! };
}

test('a key is shown once, works, and no list, log or table holds its secret', async () => {
  const owner = await team.member('owner');
  const { id, key } = await made(owner.as);
  assert.match(key, new RegExp(`^${apiKeyScan.regex}$`));
  assert.equal((await use(key)).status, 200);
  const { json } = await team.ask(owner.as, 'GET', '/api/v1/keys');
  const listed = json.items!.find((one) => one.id === id)!;
  assert.equal(listed['madeBy'], owner.person);
  assert.ok(key.startsWith(String(listed['begins'])));
  const secret = key.split('_')[3]!;
  const log = await team.ask(owner.as, 'GET', '/api/v1/audit');
  const rows = await team.db.tenant(owner.organisation, (tx) =>
    tx.rows(sql`select row_to_json(k)::text as text from app.api_keys k where organisation_id = ${owner.organisation}`),
  );
  assert.ok(!JSON.stringify([json, log.json, rows]).includes(secret));
});

test('a key gets no scope that its maker does not have for all of the organisation', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  const beyond = await make(admin.as, { scopes: ['calls:read', 'credentials:write'] });
  assert.deepEqual(refusal(beyond), [403, 'scope-not-yours']);
  assert.match(String(beyond.json['detail']), /credentials:write/);
  const { key } = await made(owner.as, { scopes: ['keys:write', 'leads:read'] });
  assert.deepEqual(refusal(await make(byKey(key), { scopes: ['leads:read', 'messages:read'] })), [
    403,
    'scope-not-yours',
  ]);
  assert.equal((await make(byKey(key), { scopes: ['leads:read'] })).status, 201);
});

test('a key does no more than whoever made it may at the moment, so nobody keeps by a key what they were stripped of', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  const role = (as: Asker, of: Id, given: string) => team.ask(as, 'PUT', `/api/v1/team/${of}/role`, { role: given });
  const { json } = await team.ask(owner.as, 'GET', '/api/v1/permissions');
  const lines = json['permissions'] as { permission: string; roles: Record<string, string> }[];
  const scopes = lines.filter(({ roles }) => roles['admin'] === 'all').map(({ permission }) => permission);
  const { key } = await made(admin.as, { scopes });
  assert.equal((await role(owner.as, admin.person, 'viewer')).status, 204);
  assert.deepEqual(refusal(await role(byKey(key), admin.person, 'admin')), [403, 'key-lacks-scope']);
  assert.deepEqual(refusal(await make(byKey(key))), [403, 'key-lacks-scope']);
  assert.equal((await use(key)).status, 200);
  assert.equal((await role(owner.as, admin.person, 'admin')).status, 204);
  assert.equal((await make(byKey(key))).status, 201);
});

test('mistakes in a key are named together, each with what to do', async () => {
  const owner = await team.member('owner');
  const now = new Date(team.ctx.clock.now()).toISOString();
  const { status, json } = await make(owner.as, {
    scopes: ['calls:read', 'calls:everything', '__proto__'],
    expiresAt: now,
    addresses: ['192.0.2.1/24', 'example.com', '2001:db8::/32'],
  });
  assert.deepEqual([status, json.code], [400, 'input-invalid']);
  assert.deepEqual(
    (json['mistakes'] as { at: string }[]).map(({ at }) => at),
    ['/scopes/1', '/scopes/2', '/expiresAt', '/addresses/0', '/addresses/1'],
  );
});

test('whoever a key was made for gets a mail about it', async () => {
  const owner = await team.member('owner');
  await team.post(owner.organisation);
  await made(owner.as, { name: 'for the till' });
  const mails = await team.post(owner.organisation);
  assert.deepEqual(mails, [{ to: owner.email, notice: { kind: 'key-made', name: 'for the till' } }]);
});

test('a key ends when it was to end, and says so only to who holds its secret', async () => {
  const owner = await team.member('owner');
  const { key } = await made(owner.as, { expiresAt: new Date(team.ctx.clock.now() + hour).toISOString() });
  team.ctx.clock.advance(hour - 1);
  assert.equal((await use(key)).status, 200);
  team.ctx.clock.advance(1);
  assert.deepEqual(refusal(await use(key)), [401, 'key-expired']);
  const [sotto, live, keyId] = key.split('_');
  const stranger = await made((await team.member('owner')).as);
  const [, , , secret, sum] = stranger.key.split('_');
  assert.deepEqual(refusal(await use([sotto, live, keyId, secret, sum].join('_'))), [401, 'key-invalid']);
});

test('rotation leaves two live secrets for as long as was asked, and never three', async () => {
  const owner = await team.member('owner');
  const { id, key: first } = await made(owner.as);
  const second = await rotate(owner.as, id, 24);
  assert.equal(second.json['oldSecretEndsAt'], new Date(team.ctx.clock.now() + 24 * hour).toISOString());
  for (const key of [first, second.json.key]) assert.equal((await use(key)).status, 200);
  assert.deepEqual(refusal(await rotate(owner.as, id, 24)), [409, 'key-rotating']);
  team.ctx.clock.advance(24 * hour);
  assert.deepEqual(refusal(await use(first)), [401, 'key-expired']);
  assert.equal((await use(second.json.key)).status, 200);
  const as = await team.signIn(owner.identity);
  const third = await rotate(as, id, 0);
  assert.equal(third.json['oldSecretEndsAt'], null);
  assert.deepEqual(refusal(await use(second.json.key)), [401, 'key-invalid']);
  assert.equal((await use(third.json.key)).status, 200);
});

test('the secret from before a rotation can be ended at once; the new one lives on', async () => {
  const owner = await team.member('owner');
  const { id, key: first } = await made(owner.as);
  const { json } = await rotate(owner.as, id, 168);
  assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/keys/${id}/old-secret`)).status, 204);
  assert.deepEqual(refusal(await use(first)), [401, 'key-invalid']);
  assert.equal((await use(json.key)).status, 200);
  assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/keys/${id}/old-secret`)).status, 404);
  assert.equal((await rotate(owner.as, id, 169)).status, 400);
});

test('many rotations of one key at once leave two live secrets', async () => {
  const owner = await team.member('owner');
  const { id, key: first } = await made(owner.as);
  const answers = await Promise.all(Array.from({ length: 6 }, () => rotate(owner.as, id, 1)));
  assert.deepEqual(statusesOf(answers), [200, 409, 409, 409, 409, 409]);
  const given = answers.find(({ status }) => status === 200)!;
  for (const key of [first, given.json.key]) assert.equal((await use(key)).status, 200);
});

test('nobody gets hold of a key that may do more than they by rotating it', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  const { id, key } = await made(owner.as, { scopes: ['credentials:write', 'organisation:read'] });
  assert.deepEqual(refusal(await rotate(admin.as, id, 0)), [403, 'scope-not-yours']);
  assert.equal((await use(key)).status, 200);
});

test('a key that ends, or is bound to networks, gives hold of no key that is bound less', async () => {
  const owner = await team.member('owner');
  const bounds = { expiresAt: new Date(team.ctx.clock.now() + hour).toISOString(), addresses: ['192.0.2.0/24'] };
  const { key } = await made(owner.as, { scopes: ['keys:write', 'organisation:read'], ...bounds });
  const later = new Date(team.ctx.clock.now() + 2 * hour).toISOString();
  for (const beyond of [{ expiresAt: later }, { addresses: ['198.51.100.0/24'] }, { addresses: ['0.0.0.0/0'] }])
    assert.deepEqual(refusal(await make(byKey(key), beyond)), [403, 'scope-not-yours'], JSON.stringify(beyond));
  const { id } = await made(byKey(key));
  const { json } = await team.ask(owner.as, 'GET', '/api/v1/keys');
  const child = json.items!.find((one) => one.id === id)!;
  assert.deepEqual([child['expiresAt'], child['addresses']], [bounds.expiresAt, bounds.addresses]);
  const free = await made(owner.as);
  assert.deepEqual(refusal(await rotate(byKey(key), free.id, 0)), [403, 'scope-not-yours']);
  assert.equal((await rotate(byKey(key), id, 0)).status, 200);
  assert.equal((await rotate(owner.as, free.id, 0)).status, 200);
});

test('whoever rotates a key holds it, so it ends when they leave', async () => {
  const owner = await team.member('owner');
  const admin = await team.member('admin', owner.organisation);
  const { id, key: first } = await made(owner.as);
  const { json } = await rotate(admin.as, id, 24);
  assert.equal((await use(json.key)).status, 200);
  assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/team/${admin.person}`)).status, 200);
  for (const key of [first, json.key]) assert.equal((await use(key)).status, 401);
});

test('a revoked key is refused at once with both its secrets; a revoked or foreign key cannot be touched', async () => {
  const [owner, stranger] = [await team.member('owner'), await team.member('owner')];
  const { id, key: first } = await made(owner.as);
  const { json } = await rotate(owner.as, id, 24);
  for (const act of [
    team.ask(stranger.as, 'DELETE', `/api/v1/keys/${id}`),
    rotate(stranger.as, id, 0),
    team.ask(stranger.as, 'DELETE', `/api/v1/keys/${id}/old-secret`),
  ]) {
    assert.deepEqual(refusal(await act), [404, 'not-found']);
  }
  assert.equal((await team.ask(owner.as, 'DELETE', `/api/v1/keys/${id}`)).status, 204);
  assert.deepEqual(refusal(await use(json.key)), [401, 'key-revoked']);
  assert.deepEqual(refusal(await use(first)), [401, 'key-invalid']);
  assert.deepEqual(refusal(await rotate(owner.as, id, 0)), [404, 'not-found']);
  assert.deepEqual(refusal(await team.ask(owner.as, 'DELETE', `/api/v1/keys/${id}`)), [404, 'not-found']);
});

test('a key is used from the networks it names, and refused from elsewhere with the reason', async () => {
  const owner = await team.member('owner');
  const here = await made(owner.as, { addresses: ['192.0.2.0/24', '::1'] });
  assert.equal((await use(here.key)).status, 200);
  const elsewhere = await made(owner.as, { addresses: ['198.51.100.0/24'] });
  assert.deepEqual(refusal(await use(elsewhere.key)), [403, 'address-refused']);
});

test('the last use is written down once a minute, and by one of many at once', async () => {
  const owner = await team.member('owner');
  const { id, key } = await made(owner.as);
  const lastUsed = async () => {
    const row = await team.db.tenant(owner.organisation, (tx) =>
      tx.one<{ at: Date | null; version: string }>(sql`
        select last_used_at as at, xmin::text as version from app.api_keys
        where organisation_id = ${owner.organisation} and id = ${id}`),
    );
    return { at: row.at?.getTime(), version: row.version };
  };
  assert.equal((await lastUsed()).at, undefined);
  const start = team.ctx.clock.now();
  await Promise.all(Array.from({ length: 10 }, () => use(key)));
  const first = await lastUsed();
  assert.equal(first.at, start);
  team.ctx.clock.advance(59_999);
  await use(key);
  assert.deepEqual(await lastUsed(), first);
  team.ctx.clock.advance(1);
  await use(key);
  assert.equal((await lastUsed()).at, start + 60_000);
});

test('the pattern for secret scanners is public, and every key matches it with its checksum', async () => {
  const { status, json } = await team.ask({}, 'GET', '/.well-known/sotto/api-key-pattern.json');
  assert.deepEqual([status, json], [200, { ...apiKeyScan }]);
  assert.match(String(json['example']), new RegExp(`^${String(json['regex'])}$`));
  assert.deepEqual(refusal(await use(String(json['example']))), [401, 'key-invalid']);
});
