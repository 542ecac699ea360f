import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { purge, setKeeping } from '#safeguards/retention';
import { seal } from '#safeguards/vault';
import { takeMessage } from '#secretary/messages';
import { makeBusiness, makeCall } from '../../../test/rows.ts';
import { byKey, openTeam, type Asker, type Team } from '../../../test/team.ts';
import { apiRoutes } from '../api/routes.ts';
import { teamRoutes } from '../team/routes.ts';
import { handOverRoutes } from './routes.ts';

let team: Team;
before(async () => {
  team = await openTeam((ctx) => [...teamRoutes(ctx), ...apiRoutes(ctx), ...handOverRoutes(ctx)]);
});
after(() => team.close());

const minute = 60_000;
const number = '+34600111222';
const masked = '***-***-1222';

/** A business that forgets what was handed over, an owner of it, and a key that hands over and reads. */
async function office(preset = 'sync-and-purge') {
  const business = await makeBusiness(team.db);
  const { organisation } = business;
  await team.db.tenant(organisation, (tx) => setKeeping(team.ctx, tx, { organisation, choice: { preset } }));
  const owner = await team.member('owner', organisation);
  const scopes = ['calls:hand-over', 'calls:read', 'transcripts:read', 'messages:read', 'numbers:read'];
  const made = await team.ask(owner.as, 'POST', '/api/v1/keys', { name: 'CRM', scopes });
  const crm = byKey(made.json['key'] as string);
  const viewer = await team.member('viewer', organisation);
  const agent = await team.member('agent', organisation);
  return { business, organisation, owner: owner.as, viewer: viewer.as, agent: agent.as, crm };
}

/** A call that has ended and been finished, with a message that says whom to call back. */
async function finished({ business, organisation }: Awaited<ReturnType<typeof office>>): Promise<Id> {
  const { ctx, db } = team;
  const id = await makeCall(db, business);
  const at = new Date(ctx.clock.now());
  const from = await seal(
    ctx,
    { organisation, kind: 'call', id },
    { table: 'calls', row: id, column: 'caller_number' },
    number,
  );
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.calls set state = 'ended', started_at = ${at}, ended_at = ${at}, finished_at = ${at}, outcome = 'message-taken',
        caller_number = ${from}
      where organisation_id = ${organisation} and id = ${id}`),
  );
  await db.tenant(organisation, async (tx) => {
    const said = { callId: id, body: new Personal('my knee hurts'), callback: new Personal(`after six, ${number}`) };
    await takeMessage(ctx, tx, { organisation, ...said, urgent: true });
  });
  return id;
}

const path = (call: Id) => `/api/v1/calls/${call}/hand-over`;
const handOver = (as: Asker, call: Id, body: object) => team.ask(as, 'POST', path(call), body);
const taken = { system: 'our-crm', reference: 'REC-7' };

test('a system of the business says with its key that it has a call, and is told until when the words are kept', async () => {
  const all = await office();
  const call = await finished(all);
  const now = team.ctx.clock.now();
  const { status, json } = await handOver(all.crm, call, taken);
  assert.equal(status, 200);
  const at = new Date(now).toISOString();
  const keptUntil = new Date(now + 5 * minute).toISOString();
  assert.deepEqual(json, { system: 'our-crm', state: 'confirmed', at, code: null, failures: 0, keptUntil });
  assert.deepEqual(
    (await handOver(all.crm, call, { ...taken, reference: 'another' })).json,
    json,
    'said twice it is so once',
  );
  const read = await team.ask(all.crm, 'GET', `/api/v1/calls/${call}`);
  assert.deepEqual(read.json['handOvers'], [
    { system: 'our-crm', state: 'confirmed', at, code: null, failures: 0, reference: 'REC-7' },
  ]);
  assert.deepEqual([read.json['handedOverAt'], read.json['keptUntil']], [at, keptUntil]);
  const { items } = (await team.ask(all.owner, 'GET', '/api/v1/audit')).json;
  const entries = items!.filter(({ action }) => action === 'call.handed-over');
  assert.equal(entries.length, 1);
  assert.ok(!JSON.stringify(entries).includes('REC-7'), 'how it is named there may be about a person');
});

test('a system that confirms later is told when the words really go, which the first one began', async () => {
  const all = await office();
  const call = await finished(all);
  const keptUntil = (await handOver(all.crm, call, taken)).json['keptUntil'];
  team.ctx.clock.advance(2 * minute);
  const later = await handOver(all.crm, call, { ...taken, system: 'another' });
  assert.equal(later.json['at'], new Date(team.ctx.clock.now()).toISOString());
  assert.equal(later.json['keptUntil'], keptUntil);
});

test('from the fifth minute on keys and people read the same four digits, and nobody reads a word', async () => {
  const all = await office();
  const call = await finished(all);
  await handOver(all.crm, call, taken);
  const messages = async (as: Asker) => (await team.ask(as, 'GET', `/api/v1/messages?call=${call}`)).json.items!;
  const from = async (as: Asker) => (await team.ask(as, 'GET', `/api/v1/calls/${call}`)).json['from'];
  const reveal = (as: Asker) => team.ask(as, 'POST', '/api/v1/reveal', { kind: 'call', id: call });
  assert.deepEqual([await from(all.crm), await from(all.owner)], [number, masked]);
  assert.equal((await reveal(all.owner)).json['phone'], number);
  team.ctx.clock.advance(5 * minute);
  for (const isSwept of [false, true]) {
    if (isSwept) await purge({ ...team.ctx, deleteObjects: async () => {} }, all.organisation);
    for (const as of [all.crm, all.owner]) {
      assert.equal(await from(as), masked);
      const [message] = await messages(as);
      assert.deepEqual([message!['body'], message!['callback'], message!['urgent']], [null, masked, true]);
    }
    const refused = await reveal(all.owner);
    assert.deepEqual([refused.status, refused.json['code']], [410, 'number-masked']);
  }
  const list = (await team.ask(all.crm, 'GET', '/api/v1/calls')).json.items!;
  assert.deepEqual(
    list.map((one) => [one['id'], one['from'], one['summary'], one['outcome']]),
    [[call, masked, null, 'message-taken']],
  );
});

test('a hand-over that failed is told with its reason, and nothing ends', async () => {
  const all = await office();
  const call = await finished(all);
  const { json } = await handOver(all.owner, call, { system: 'our-crm', failed: true, code: 'not-reached' });
  assert.deepEqual(
    [json['state'], json['code'], json['failures'], json['keptUntil']],
    ['failed', 'not-reached', 1, null],
  );
  team.ctx.clock.advance(60 * minute);
  const read = await team.ask(all.crm, 'GET', `/api/v1/calls/${call}`);
  assert.deepEqual([read.json['from'], read.json['handedOverAt']], [number, null]);
});

test('where the setting ends nothing sooner, the answer says so', async () => {
  const all = await office('standard');
  const { json } = await handOver(all.crm, await finished(all), taken);
  assert.equal(json['keptUntil'], null);
});

test('what is neither confirmed nor failed is refused with what to do', async () => {
  const all = await office();
  const call = await finished(all);
  const mistakes = async (body: object) => {
    const { status, json } = await handOver(all.crm, call, body);
    assert.equal(status, 400);
    return (json as { mistakes?: { at: string }[] }).mistakes?.map(({ at }) => at);
  };
  assert.deepEqual(await mistakes({ system: 'our-crm' }), ['/reference']);
  assert.deepEqual(await mistakes({ system: 'our-crm', failed: true }), ['/code']);
  assert.deepEqual(await mistakes({ ...taken, failed: true, code: 'refused' }), ['/reference']);
  assert.deepEqual(await mistakes({ ...taken, code: 'refused' }), ['/code']);
  for (const system of ['', 'Our CRM', '1st', 'a'.repeat(41)]) assert.ok(await mistakes({ ...taken, system }));
  for (const reference of ['', 'a\nb', 'a'.repeat(201)]) assert.ok(await mistakes({ ...taken, reference }));
});

test('a call that goes on, one of somebody else, and whoever may not are refused', async () => {
  const [all, other] = [await office(), await office()];
  const live = await makeCall(team.db, all.business);
  const early = await handOver(all.crm, live, taken);
  assert.deepEqual([early.status, early.json['code']], [409, 'call-not-finished']);
  const foreign = await handOver(all.crm, await finished(other), taken);
  assert.deepEqual([foreign.status, foreign.json['code']], [404, 'not-found']);
  const call = await finished(all);
  for (const as of [all.viewer, all.agent]) assert.equal((await handOver(as, call, taken)).status, 403);
  assert.equal((await team.ask(all.viewer, 'GET', `/api/v1/calls/${call}`)).json['handedOverAt'], null);
});

test('how the other system names a call is told to who may read what was said, and to nobody else', async () => {
  const all = await office();
  const call = await finished(all);
  await handOver(all.crm, call, taken);
  const seen = async (as: Asker) => (await team.ask(as, 'GET', `/api/v1/calls/${call}`)).json['handOvers'] as object[];
  assert.ok('reference' in (await seen(all.owner))[0]!);
  assert.ok(!('reference' in (await seen(all.viewer))[0]!));
});
