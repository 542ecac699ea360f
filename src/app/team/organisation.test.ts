import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '#base';
import { openTeam, statusesOf, type Team } from '../../../test/team.ts';
import { teamRoutes } from './routes.ts';

let team: Team;
before(async () => {
  team = await openTeam(teamRoutes);
});
after(() => team.close());

const path = '/api/v1/organisation';

test('what is named is changed, the rest stays, and the change is in the audit log once', async () => {
  const owner = await team.member('owner');
  const before = await team.ask(owner.as, 'GET', path);
  const change = { name: 'Casa Pepe', timeZone: 'Europe/Madrid' };
  const { status, json } = await team.ask({ ...owner.as, 'if-match': before.etag! }, 'PATCH', path, change);
  assert.equal(status, 200);
  assert.deepEqual(json, { ...before.json, ...change });
  const after = await team.ask(owner.as, 'GET', path);
  assert.deepEqual(after.json, json);
  assert.notEqual(after.etag, before.etag);
  await team.ask({ ...owner.as, 'if-match': after.etag! }, 'PATCH', path, change);
  const log = await team.ask(owner.as, 'GET', '/api/v1/audit');
  assert.equal(log.json.items!.filter(({ action }) => action === 'organisation.changed').length, 1);
});

test('of two edits that meet, one is refused', async () => {
  const owner = await team.member('owner');
  const { etag } = await team.ask(owner.as, 'GET', path);
  const edits = ['One', 'Two', 'Three', 'Four'].map((name) =>
    team.ask({ ...owner.as, 'if-match': etag! }, 'PATCH', path, { name }),
  );
  const answers = await Promise.all(edits);
  assert.deepEqual(statusesOf(answers), [200, 412, 412, 412]);
  const blind = await team.ask(owner.as, 'PATCH', path, { name: 'Blind' });
  assert.deepEqual([blind.status, blind.json.code], [428, 'if-match-needed']);
});

test('a time zone, language, region or name that is none is refused with all mistakes', async () => {
  const owner = await team.member('owner');
  const { etag } = await team.ask(owner.as, 'GET', path);
  const edit = (body: object) => team.ask({ ...owner.as, 'if-match': etag! }, 'PATCH', path, body);
  const { status, json } = await edit({ timeZone: 'Mars/Olympus', language: 'not a tag', region: 'Spain' });
  assert.deepEqual([status, json.code], [400, 'input-invalid']);
  assert.equal((json['mistakes'] as unknown[]).length, 3);
  for (const name of ['', ' ', 'a\nb', 'a\u202eb', 7, null]) assert.equal((await edit({ name })).status, 400);
  assert.equal((await edit({ kind: 'instance' })).status, 400);
});

test('only who may change the organisation can; everybody in it can read it', async () => {
  const owner = await team.member('owner');
  for (const role of ['agent', 'viewer'] as const) {
    const member = await team.member(role, owner.organisation);
    const { status, etag } = await team.ask(member.as, 'GET', path);
    assert.equal(status, 200);
    const refused = await team.ask({ ...member.as, 'if-match': etag! }, 'PATCH', path, { name: 'Mine' });
    assert.deepEqual([refused.status, refused.json.code], [403, 'role-lacks-permission']);
  }
});

test('the audit log comes in pages, each entry once, and reading it is in it', async () => {
  const owner = await team.member('owner');
  for (let at = 0; at < 7; at++) {
    team.ctx.clock.advance(1);
    await team.ask(owner.as, 'GET', '/api/v1/team');
  }
  const seen: string[] = [];
  let next: unknown = null;
  do {
    team.ctx.clock.advance(1);
    const from = typeof next === 'string' ? `&before=${next}` : '';
    const { json } = await team.ask(owner.as, 'GET', `/api/v1/audit?limit=3${from}`);
    seen.push(...json.items!.map(({ id }) => id!));
    next = json['next'];
  } while (next !== null);
  assert.equal(new Set(seen).size, seen.length);
  const { json } = await team.ask(owner.as, 'GET', '/api/v1/audit?limit=1');
  assert.deepEqual([json.items?.[0]?.['action'], json.items?.[0]?.['actor']], ['read.audit', `person:${owner.person}`]);
  assert.ok(!seen.includes(json.items![0]!.id!));
});

test('an entry that was tampered with is shown as damaged and hides no other', async () => {
  const owner = await team.member('owner');
  await team.ask(owner.as, 'GET', '/api/v1/team');
  const { json: before } = await team.ask(owner.as, 'GET', '/api/v1/audit');
  const forged = { id: owner.organisation, leaf: Buffer.from('{"action":"read.team"}') };
  const at = new Date(team.ctx.clock.now());
  await team.db.tenant(owner.organisation, (tx) =>
    tx.run(sql`
      insert into app.audit_entries (organisation_id, id, at, action, leaf)
      values (${owner.organisation}, ${forged.id}, ${at}, 'read.team', ${forged.leaf})`),
  );
  const { status, json } = await team.ask(owner.as, 'GET', '/api/v1/audit');
  assert.equal(status, 200);
  const damaged = json.items!.filter(({ state }) => state === 'damaged');
  assert.deepEqual(
    damaged.map(({ id, actor, details }) => [id, actor, details]),
    [[forged.id, null, null]],
  );
  assert.equal(json.items!.length, before.items!.length + 2);
});

test('the log of another organisation is not to be seen, and an agent sees none', async () => {
  const [owner, stranger] = [await team.member('owner'), await team.member('owner')];
  const ours = new Set((await team.ask(owner.as, 'GET', '/api/v1/audit')).json.items!.map(({ id }) => id));
  const theirs = (await team.ask(stranger.as, 'GET', '/api/v1/audit')).json.items!;
  assert.ok(theirs.length > 0 && theirs.every(({ id }) => !ours.has(id)));
  const agent = await team.member('agent', owner.organisation);
  assert.equal((await team.ask(agent.as, 'GET', '/api/v1/audit')).status, 403);
  const rows = await team.db.tenant(owner.organisation, (tx) =>
    tx.rows(sql`select id from app.audit_entries where organisation_id = ${stranger.organisation}`),
  );
  assert.deepEqual(rows, []);
});
