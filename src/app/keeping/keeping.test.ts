import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal } from '#base';
import { canaryIds } from '#safeguards/accounts';
import { canaryWindows, cleanUp, setKeeping } from '#safeguards/retention';
import { takeMessage } from '#secretary/messages';
import { makeBusiness, makeCall } from '../../../test/rows.ts';
import { openTeam, statusesOf, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from '../team/routes.ts';
import { keepingRoutes } from './routes.ts';

let team: Team;
before(async () => {
  team = await openTeam((ctx) => [...teamRoutes(ctx), ...keepingRoutes(ctx)]);
});
after(() => team.close());

const keeping = '/api/v1/keeping';
const purposes = '/api/v1/purposes';

async function put(as: Asker, path: string, body: object) {
  const { etag } = await team.ask(as, 'GET', path);
  return team.ask({ ...as, 'if-match': etag! }, 'PUT', path, body);
}

const agreed = (json: { readonly items?: readonly { readonly [name: string]: unknown }[] }) =>
  json.items!.filter((one) => one['agreed']).map((one) => one['purpose']);

test('a preset and days of one’s own are kept as they were set, and the change is in the audit log', async () => {
  const owner = await team.member('owner');
  const first = await team.ask(owner.as, 'GET', keeping);
  assert.deepEqual([first.json['preset'], first.json['version'], first.json['changedAt']], ['standard', 0, null]);
  const short = await put(owner.as, keeping, { preset: 'short' });
  const others = { people: 30, leads: 'account', appointments: 'account' };
  assert.deepEqual([short.status, short.json['days']], [200, { recordings: 30, calls: 30, messages: 30, ...others }]);
  const days = { recordings: 7, calls: 14, messages: 365, leads: 20 };
  const custom = await put(owner.as, keeping, { preset: 'custom', days, afterHandOverMinutes: 5 });
  assert.deepEqual([custom.status, custom.json['version'], custom.json['afterHandOverMinutes']], [200, 2, 5]);
  assert.deepEqual(custom.json['days'], { ...others, ...days }, 'what is left out stays as it is');
  assert.deepEqual((await team.ask(owner.as, 'GET', keeping)).json, custom.json);
  const { items } = (await team.ask(owner.as, 'GET', '/api/v1/audit')).json;
  const entry = items!.find(({ action }) => action === 'keeping.changed')!;
  assert.deepEqual(entry['actor'], `person:${owner.person}`);
  assert.deepEqual((entry['details'] as { windows: { messages: object } }).windows.messages, { ms: 365 * 86_400_000 });
});

test('days without end, none, or beside a preset are refused', async () => {
  const owner = await team.member('owner');
  const days = { recordings: 30, calls: 30, messages: 30 };
  for (const body of [
    { preset: 'custom' },
    { preset: 'short', days },
    { preset: 'custom', days: { ...days, calls: 0 } },
    { preset: 'custom', days: { ...days, calls: 3_651 } },
    { preset: 'custom', days: { ...days, calls: null } },
    { preset: 'custom', days: { ...days, calls: 1.5 } },
    { preset: 'custom', days: { ...days, logs: 1 } },
    { preset: 'custom', days: { ...days, calls: 'account' } },
    { preset: 'custom', days: { ...days, leads: 'for-ever' } },
    { preset: 'short', afterHandOverMinutes: 5 },
    { preset: 'for-ever' },
  ]) {
    const { status, json } = await put(owner.as, keeping, body);
    assert.deepEqual([status, json.code], [400, 'input-invalid'], JSON.stringify(body));
  }
});

test('of changes that meet, one is made and every other is refused', async () => {
  const owner = await team.member('owner');
  const days = (recordings: number) => ({ recordings, calls: recordings, messages: 30 });
  for (const [path, bodies] of [
    [keeping, [1, 2, 3, 4, 5, 6].map((count) => ({ preset: 'custom', days: days(count) }))],
    [purposes, [{ agreed: ['leads'] }, { agreed: ['appointments'] }, { agreed: ['leads', 'appointments'] }]],
  ] as const) {
    const { etag } = await team.ask(owner.as, 'GET', path);
    const answers = await Promise.all(
      bodies.map((body) => team.ask({ ...owner.as, 'if-match': etag! }, 'PUT', path, body)),
    );
    const [made, ...refused] = statusesOf(answers);
    assert.equal(made, 200, path);
    assert.ok(
      refused.every((status) => [409, 412].includes(status)),
      `${path}: ${refused.join()}`,
    );
  }
});

test('everybody may see it, owners and admins may change it, and only while they are fresh', async () => {
  const owner = await team.member('owner');
  for (const role of ['agent', 'viewer', 'admin'] as const) {
    const { as, identity } = await team.member(role, owner.organisation);
    for (const [path, body] of [
      [keeping, { preset: 'minimal' }],
      [purposes, { agreed: [] }],
    ] as const) {
      assert.equal((await team.ask(as, 'GET', path)).status, 200);
      const { status, json } = await put(as, path, body);
      if (role === 'admin') assert.equal(status, 200);
      else assert.deepEqual([status, json.code], [403, 'role-lacks-permission']);
      if (role !== 'admin') continue;
      const stale = await put(await team.signIn(identity, { isFresh: false }), path, body);
      assert.deepEqual([stale.status, stale.json.code], [403, 'step-up-needed']);
    }
  }
});

test('what a change would delete is counted before it is made, and is gone behind it', async () => {
  const business = await makeBusiness(team.db);
  const owner = await team.member('owner', business.organisation);
  const { organisation } = business;
  for (const ago of [40, 20, 5]) {
    const callId = await makeCall(team.db, business);
    const past = { ...team.ctx, clock: { ...team.ctx.clock, now: () => team.ctx.clock.now() - ago * 86_400_000 } };
    await team.db.tenant(organisation, (tx) =>
      takeMessage(past, tx, { organisation, callId, body: new Personal('x'), urgent: false }),
    );
  }
  const preview = async (days: number) =>
    (await team.ask(owner.as, 'GET', `${keeping}/preview?recordings=${days}&calls=${days}&messages=${days}`)).json;
  const oldestAt = new Date(team.ctx.clock.now() - 40 * 86_400_000).toISOString();
  const none = { calls: 0, recordings: 0, messages: 0, people: 0, leads: 0, appointments: 0, oldestAt: null };
  assert.deepEqual(await preview(30), { ...none, messages: 1, oldestAt });
  assert.deepEqual(await preview(7), { ...none, messages: 2, oldestAt });
  assert.deepEqual(await preview(90), none);
  assert.equal((await put(owner.as, keeping, { preset: 'short' })).status, 200);
  assert.equal((await preview(30))['messages'], 0);
  assert.equal((await preview(7))['messages'], 1);
});

test('whoever may see the setting sees when the hourly run last looked, and what it found', async () => {
  const owner = await team.member('owner');
  const deleteObjects = async () => {};
  await cleanUp({ ...team.ctx, log: () => {}, deleteObjects }, [
    { name: 'some-sweeper', everyMs: 1, run: async () => 3 },
    { name: 'other-sweeper', everyMs: 1, run: () => Promise.reject(new Error('away')) },
  ]);
  const { status, json } = await team.ask(owner.as, 'GET', `${keeping}/runs`);
  assert.equal(status, 200);
  const [last] = json.items!;
  assert.equal(last!['at'], new Date(team.ctx.clock.now()).toISOString());
  assert.deepEqual([last!['found'], last!['swept'], last!['failed']], [{}, { 'some-sweeper': 3 }, ['other-sweeper']]);
});

test('a purpose is agreed to by somebody at a time, messages always, and what did not change keeps both', async () => {
  const owner = await team.member('owner');
  const none = await team.ask(owner.as, 'GET', purposes);
  assert.deepEqual(agreed(none.json), []);
  assert.ok(none.json.items!.every((one) => one['decidedBy'] === null && one['decidedAt'] === null));
  const first = await put(owner.as, purposes, { agreed: ['leads'] });
  assert.deepEqual(agreed(first.json), ['messages', 'leads']);
  const since = new Date(team.ctx.clock.now()).toISOString();
  team.ctx.clock.advance(60_000);
  const admin = await team.member('admin', owner.organisation);
  const second = await put(admin.as, purposes, { agreed: ['leads', 'recordings'] });
  assert.deepEqual(agreed(second.json), ['messages', 'leads', 'recordings']);
  const byPurpose = new Map(second.json.items!.map((one) => [one['purpose'], one]));
  assert.equal(byPurpose.get('leads')!['decidedBy'], `person:${owner.person}`);
  assert.equal(byPurpose.get('leads')!['decidedAt'], since);
  assert.equal(byPurpose.get('recordings')!['decidedBy'], `person:${admin.person}`);
  const { items } = (await team.ask(owner.as, 'GET', '/api/v1/audit')).json;
  assert.equal(items!.filter(({ action }) => action === 'purposes.changed').length, 2);
});

test('an organisation that keeps things for minutes is told so, as parts of a day', async () => {
  const { ctx } = team;
  const organisation = canaryIds[1];
  await ctx.db.tenant(organisation, (tx) =>
    setKeeping(ctx, tx, { organisation, choice: { preset: 'custom', windows: canaryWindows }, by: 'system' }),
  );
  const { as } = await team.member('owner', organisation);
  const { status, json } = await team.ask(as, 'GET', keeping);
  assert.deepEqual([status, (json['days'] as { calls: number }).calls], [200, 15 / (24 * 60)]);
});
