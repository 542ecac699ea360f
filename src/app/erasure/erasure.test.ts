import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { isAbout, readCertificate } from '#safeguards/erasure';
import { phoneIndex } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import { testObjects } from '../../../test/objects.ts';
import { makeBusiness, makeCall, type Business } from '../../../test/rows.ts';
import { openTeam, type Team } from '../../../test/team.ts';
import { eraseCtxOf } from './ctx.ts';
import { erasureRoutes } from './routes.ts';

const erasures = '/api/v1/erasures';
const phone = '+34600111222';

let team: Team;
const endings: (() => Promise<void>)[] = [];
before(async () => {
  const objects = await testObjects({ after: (work) => void endings.push(work) });
  team = await openTeam((ctx) => erasureRoutes(eraseCtxOf({ ...ctx, objects })));
});
after(async () => {
  await team.close();
  for (const end of endings) await end();
});

/** A call that is over, from that number, with a message. */
async function leave(business: Business): Promise<Id> {
  const { ctx, db } = team;
  const { organisation } = business;
  const call = await makeCall(db, business);
  const index = await phoneIndex(ctx, organisation, new Personal(phone));
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.calls set state = 'ended', ended_at = ${new Date(ctx.clock.now())}, caller_index = ${index}
      where organisation_id = ${organisation} and id = ${call}`),
  );
  await db.tenant(organisation, (tx) =>
    takeMessage(ctx, tx, { organisation, callId: call, body: new Personal('x'), urgent: false }),
  );
  return call;
}

test('a person is erased when the answer comes, and their certificate can be fetched and checked', async () => {
  const business = await makeBusiness(team.db);
  const owner = await team.member('owner', business.organisation);
  await leave(business);
  const asked = await team.ask(owner.as, 'POST', erasures, { person: '600 11 12 22' });
  assert.deepEqual([asked.status, asked.json['state'], asked.json['scope']], [202, 'erased', 'person']);
  const [listed] = (await team.ask(owner.as, 'GET', erasures)).json.items!;
  assert.deepEqual([listed!.id, 'salt' in listed!], [asked.json.id, false]);
  const one = await team.ask(owner.as, 'GET', `${erasures}/${asked.json.id}`);
  assert.deepEqual([one.json['waitsFor'], one.json['askedBy']], ['processors', `person:${owner.person}`]);
  const note = await team.page(`${erasures}/${asked.json.id}/certificate`, owner.as);
  const key = await team.page('/.well-known/sotto/certificate-key');
  const read = readCertificate(Buffer.from(note.body), key.body);
  assert.ok(read.isGood);
  assert.deepEqual([read.text.state, read.text.request.askedBy], ['interim', 'person']);
  assert.equal(read.text.stores.find(({ store }) => store === 'table app.messages')?.before, 1);
  assert.ok(isAbout(read.text, new Personal('+34 (600) 111-222'), asked.json['salt'] as string));
  assert.ok(!isAbout(read.text, new Personal('+34600111223'), asked.json['salt'] as string));
});

test('a call is erased by its natural verb, and a second time there is none', async () => {
  const business = await makeBusiness(team.db);
  const admin = await team.member('admin', business.organisation);
  const call = await leave(business);
  const gone = await team.ask(admin.as, 'DELETE', `/api/v1/calls/${call}`);
  assert.deepEqual([gone.status, gone.json['state'], gone.json['call']], [202, 'erased', call]);
  const again = await team.ask(admin.as, 'DELETE', `/api/v1/calls/${call}`);
  assert.deepEqual([again.status, again.json.code], [404, 'not-found']);
});

test('neither, both, and what is no number are refused, and nothing is put down', async () => {
  const business = await makeBusiness(team.db);
  const owner = await team.member('owner', business.organisation);
  const call = await leave(business);
  for (const body of [
    {},
    { call, person: phone },
    { person: 'somebody' },
    { person: '12' },
    { person: '+34600111222 ext 5' },
  ]) {
    const { status, json } = await team.ask(owner.as, 'POST', erasures, body);
    assert.deepEqual([status, json.code], [400, 'input-invalid'], JSON.stringify(body));
  }
  assert.deepEqual((await team.ask(owner.as, 'GET', erasures)).json.items, []);
});

test('owners and admins erase, and only while they are fresh; nobody else sees that it was done', async () => {
  const business = await makeBusiness(team.db);
  const call = await leave(business);
  for (const role of ['agent', 'viewer'] as const) {
    const { as } = await team.member(role, business.organisation);
    for (const [method, path] of [
      ['POST', erasures],
      ['DELETE', `/api/v1/calls/${call}`],
      ['GET', erasures],
    ] as const) {
      const { status, json } = await team.ask(as, method, path, method === 'POST' ? { call } : undefined);
      assert.deepEqual([status, json.code], [403, 'role-lacks-permission'], `${role} ${method} ${path}`);
    }
  }
  const owner = await team.member('owner', business.organisation);
  const stale = await team.signIn(owner.identity, { isFresh: false });
  const refused = await team.ask(stale, 'POST', erasures, { call });
  assert.deepEqual([refused.status, refused.json.code], [403, 'step-up-needed']);
  assert.equal((await team.ask(stale, 'GET', erasures)).status, 200);
});
