import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { newId, problem, sql, turnEnd, type Db } from '#base';
import { changeRole, instanceId, makeApiKey, removePerson } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { grantsOfRole, type Role } from '#access';
import { openHouse, type House, type Resident } from '../../../test/house.ts';
import { cookieOf, listenTo, startNode, until, type Listener, type Node } from '../../../test/nodes.ts';
import { openHub } from './hub.ts';
import { eventRoutes } from './routes.ts';

let house: House;
let rounds = 0;

before(async () => {
  house = await openHouse({ SOTTO_PORT: '0' });
});
after(() => house.close());

/** A node that tells, once it hears. */
async function node(t: TestContext, between?: (db: Db) => Db): Promise<Node> {
  const started = await startNode(
    t,
    house,
    (ctx) => {
      const hub = openHub(ctx);
      hub.listen(ctx.board);
      return eventRoutes(ctx, hub);
    },
    between,
  );
  let isThere = false;
  started.board.listen({ news: () => {}, missed: () => void (isThere = true) });
  await until(house, () => isThere);
  return started;
}

type Member = Resident & { readonly cookie: string };

async function member(role: Role, organisation = house.business.organisation): Promise<Member> {
  const resident = await house.resident(`${role}-${(rounds += 1)}@example.com`, { role, organisation });
  return { ...resident, cookie: await cookieOf(house, resident.identity) };
}

/** Tells something as a transaction of that organisation would. */
function tell({ ctx }: Node, organisation: string, ...objects: string[]): Promise<void> {
  return ctx.db.tenant(organisation, async (tx) => objects.forEach((object) => tx.tell(object)));
}

const changed = (kind: string, id: string) => `changed {"kind":"${kind}","id":"${id}"}`;

/** Something that everybody may see, which comes after all that was told before. */
async function settled(at: Node, organisation: string, ...listeners: Listener[]): Promise<void> {
  const mark = newId(house.ctx);
  await tell(at, organisation, `organisation:${mark}`);
  await until(house, () => listeners.every(({ heard }) => heard.includes(changed('organisation', mark))));
  for (const { heard } of listeners) heard.splice(heard.indexOf(changed('organisation', mark)), 1);
}

test('what changes through one node is told at every node, in every tab, by kind and id alone', async (t) => {
  const [here, there] = [await node(t), await node(t)];
  const { cookie, organisation } = await member('owner');
  const tabs = await Promise.all([listenTo(here, cookie), listenTo(there, cookie), listenTo(there, cookie)]);
  await here.ctx.db.tenant(organisation, (tx) =>
    record(here.ctx, tx, {
      organisation,
      actor: 'system',
      action: 'person.added',
      object: 'person:b',
      details: { name: 'Somebody' },
    }),
  );
  await settled(here, organisation, ...tabs);
  for (const { heard, status } of tabs) assert.deepEqual([status, heard], [200, [changed('person', 'b')]]);
});

test('what was only read, rolled back, or is another organisation’s is told to nobody', async (t) => {
  const here = await node(t);
  const { cookie, organisation } = await member('owner');
  const other = await house.resident(`other-${(rounds += 1)}@example.com`);
  const tab = await listenTo(here, cookie);
  const entry = { organisation, actor: 'system', object: `person:${newId(house.ctx)}` } as const;
  await here.ctx.db.tenant(organisation, (tx) => record(here.ctx, tx, { ...entry, action: 'read.team' }));
  await assert.rejects(
    here.ctx.db.tenant(organisation, async (tx) => {
      await record(here.ctx, tx, { ...entry, action: 'person.added' });
      throw new Error('planted');
    }),
  );
  await tell(here, other.organisation, 'call:theirs', 'person:theirs');
  await settled(here, organisation, tab);
  assert.deepEqual(tab.heard, []);
});

test('everybody is told of what their role may see, and agents of their own calls and what came of those', async (t) => {
  const here = await node(t);
  const { organisation } = house.business;
  const roles = ['owner', 'admin', 'agent', 'viewer'] as const;
  const people = await Promise.all(roles.map((role) => member(role)));
  const [own, foreign] = [await house.call(), await house.call()];
  await here.ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`update app.calls set assigned_to = ${people[2]!.person}
      where organisation_id = ${organisation} and id = ${own}`),
  );
  const [ownLead, foreignLead] = [await leadOf(here, own), await leadOf(here, foreign)];
  const tabs = await Promise.all(people.map(({ cookie }) => listenTo(here, cookie)));
  const things = [`call:${own}`, `call:${foreign}`, `lead:${ownLead}`, `lead:${foreignLead}`, 'person:x', 'api-key:y'];
  await tell(here, organisation, ...things, 'credential:z', 'session:s', 'toString:a', 'call:no-id', 'agent:g');
  await settled(here, organisation, ...tabs);
  const heard = tabs.map((tab) =>
    tab.heard.map((one) => one.replace('changed ', '')).toSorted((a, b) => (a < b ? -1 : 1)),
  );
  const said = (kind: string, id: string) => `{"kind":"${kind}","id":"${id}"}`;
  const calls = [said('call', own), said('call', foreign), said('call', 'no-id')];
  const leads = [said('lead', ownLead), said('lead', foreignLead)];
  const all = [said('agent', 'g'), said('api-key', 'y'), ...calls, ...leads, said('person', 'x')];
  const sorted = (list: readonly string[]) => list.toSorted((a, b) => (a < b ? -1 : 1));
  assert.deepEqual(heard[0], sorted([...all, said('credential', 'z')]));
  assert.deepEqual(heard[1], sorted(all));
  assert.deepEqual(heard[2], sorted([said('agent', 'g'), said('call', own), said('lead', ownLead)]));
  assert.deepEqual(heard[3], sorted([said('agent', 'g'), ...calls]));
});

async function leadOf({ ctx }: Node, call: string): Promise<string> {
  const id = newId(ctx);
  const { organisation } = house.business;
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.leads (organisation_id, id, call_id, status, created_at)
      values (${organisation}, ${id}, ${call}, 'new', now())`),
  );
  return id;
}

test('an agent who loses a call looks at everything again, and no other agent does', async (t) => {
  const here = await node(t);
  const [loser, other] = [await member('agent'), await member('agent')];
  const tabs = [await listenTo(here, loser.cookie), await listenTo(here, other.cookie)];
  await tell(here, loser.organisation, `own:${loser.person}`);
  await until(house, () => tabs[0]!.heard.includes('resync {}'));
  await settled(here, loser.organisation, ...tabs);
  assert.deepEqual([tabs[0]!.heard, tabs[1]!.heard], [['resync {}'], []]);
});

test('when a promise is looked at and its state changes, everybody is told', async (t) => {
  const here = await node(t);
  const [one, two] = [await member('viewer'), await house.resident(`far-${(rounds += 1)}@example.com`)];
  const tabs = [await listenTo(here, one.cookie), await listenTo(here, await cookieOf(house, two.identity))];
  await tell(here, instanceId, 'claim:calls-are-summarised', 'identity:x');
  await until(house, () => tabs.every(({ heard }) => heard.length > 0));
  for (const { heard } of tabs) assert.deepEqual(heard, [changed('claims', 'calls-are-summarised')]);
});

const endings: Readonly<Record<string, (here: Node, one: Member) => Promise<unknown>>> = {
  'was removed': async ({ ctx }, { organisation, person }) => removePerson(ctx, await boss(organisation), person),
  'has another role': async ({ ctx }, { organisation, person }) => {
    const asking = await boss(organisation);
    await ctx.db.tenant(organisation, (tx) => changeRole(ctx, tx, asking, { person, role: 'viewer' }));
  },
  'has ended the session': ({ ctx }, { identity }) =>
    ctx.db.tenant(instanceId, (tx) =>
      tx.run(sql`delete from app.sessions where organisation_id = ${instanceId} and identity_id = ${identity}`),
    ),
};

async function boss(organisation: string) {
  const { person } = await member('owner', organisation);
  return { who: { organisation, actor: `person:${person}`, grants: grantsOfRole('owner') }, sender: {} } as const;
}

for (const [who, end] of Object.entries(endings)) {
  test(`whoever ${who} is told that it is over, before anything else is sent`, async (t) => {
    const here = await node(t);
    const one = await member('admin');
    const tab = await listenTo(here, one.cookie);
    await settled(here, one.organisation, tab);
    await end(here, one);
    house.ctx.clock.advance(600);
    await tell(here, one.organisation, 'person:later');
    await until(house, () => tab.isOver());
    assert.deepEqual(tab.heard, ['over {}']);
  });

  test(`whoever ${who} is told so within seconds, though nothing happens`, async (t) => {
    const here = await node(t);
    const one = await member('admin');
    const tab = await listenTo(here, one.cookie);
    await end(here, one);
    const since = house.ctx.clock.now();
    await until(house, () => tab.isOver());
    assert.equal(tab.heard.at(-1), 'over {}');
    assert.ok(house.ctx.clock.now() - since < 30_000);
  });
}

test('who comes back is told what they missed, at whatever node, and of what nobody knows any more, everything', async (t) => {
  const [here, there] = [await node(t), await node(t)];
  const { cookie, organisation } = await member('owner');
  const before = await listenTo(here, cookie);
  await tell(here, organisation, 'person:seen');
  await until(house, () => before.heard.includes(changed('person', 'seen')));
  const after = before.lastId();
  before.leave();
  await tell(here, organisation, 'person:missed');
  await settled(there, organisation, await listenTo(there, cookie));
  const again = await listenTo(there, cookie, { after });
  await until(house, () => again.heard.includes(changed('person', 'missed')));
  assert.ok(!again.heard.includes(changed('person', 'seen')) && !again.heard.includes('resync {}'));
  const byQuery = await listenTo(there, cookie, { query: `?after=${after}` });
  await until(house, () => byQuery.heard.includes(changed('person', 'missed')));
  const lost = await listenTo(there, cookie, { after: 'of-another-time' });
  await until(house, () => lost.heard.length > 0);
  assert.deepEqual(lost.heard, ['resync {}']);
});

test('a restarted server has everybody look at everything again', async (t) => {
  const first = await node(t);
  const { cookie, organisation } = await member('owner');
  const tab = await listenTo(first, cookie);
  await settled(first, organisation, tab);
  const after = tab.lastId();
  await first.close();
  await until(house, () => tab.isOver());
  const second = await node(t);
  const again = await listenTo(second, cookie, { after });
  await until(house, () => again.heard.length > 0);
  assert.deepEqual(again.heard, ['resync {}']);
  assert.notEqual(again.lastId(), after);
});

test('who opens a page is told what happened while it was being loaded, and of nothing before', async (t) => {
  const here = await node(t);
  const { cookie, organisation } = await member('owner');
  const news: unknown[] = [];
  here.board.listen({ news: ({ objects }) => news.push(...objects), missed: () => {} });
  // No time passes while others take theirs: what is told as new is so by the clock of the house.
  const reached = async (isSo: () => boolean) => {
    while (!isSo()) await turnEnd();
  };
  await tell(here, organisation, 'person:just-now');
  house.ctx.clock.advance(150);
  await reached(() => news.includes('person:just-now'));
  const late = await listenTo(here, cookie);
  await reached(() => late.heard.includes(changed('person', 'just-now')));
  house.ctx.clock.advance(10_001);
  const later = await listenTo(here, cookie);
  await settled(here, organisation, later);
  assert.deepEqual(later.heard, []);
});

test('of eleven tabs of one person the first is told that it is one too many', async (t) => {
  const here = await node(t);
  const { cookie, organisation } = await member('owner');
  const tabs: Listener[] = [];
  for (let count = 0; count < 11; count += 1) tabs.push(await listenTo(here, cookie));
  await until(house, () => tabs[0]!.isOver());
  assert.deepEqual(tabs[0]!.heard, ['crowded {}']);
  await settled(here, organisation, ...tabs.slice(1));
});

test('reading along keeps no session alive', async (t) => {
  const here = await node(t);
  const { cookie, identity, organisation } = await member('owner');
  const tab = await listenTo(here, cookie);
  await settled(here, organisation, tab);
  const seenAt = () =>
    here.ctx.db.tenant(instanceId, (tx) =>
      tx.one<{ seen_at: Date }>(sql`
        select seen_at from app.sessions where organisation_id = ${instanceId} and identity_id = ${identity}`),
    );
  const { seen_at: before } = await seenAt();
  for (let looks = 0; looks < 12; looks += 1) {
    house.ctx.clock.advance(10_000);
    await settled(here, organisation, tab);
  }
  assert.deepEqual((await seenAt()).seen_at, before);
});

test('while the database does not answer nothing is sent, and then everything is looked at again', async (t) => {
  const broken = { isAway: false };
  const here = await node(t, (db) => ({
    ...db,
    tenant: (organisation, work) =>
      broken.isAway ? Promise.reject(problem('database-unavailable', 'Planted.')) : db.tenant(organisation, work),
  }));
  const other = await node(t);
  const { cookie, organisation } = await member('owner');
  const tab = await listenTo(here, cookie);
  await settled(other, organisation, tab);
  broken.isAway = true;
  house.ctx.clock.advance(600);
  const news: unknown[] = [];
  here.board.listen({ news: ({ objects }) => news.push(...objects), missed: () => {} });
  await tell(other, organisation, 'person:meanwhile');
  await until(house, () => news.includes('person:meanwhile'));
  const later = house.ctx.clock.now() + 5_000;
  await until(house, () => house.ctx.clock.now() > later);
  assert.deepEqual([tab.heard, tab.isOver()], [[], false]);
  broken.isAway = false;
  await until(house, () => tab.heard.length > 0);
  assert.deepEqual(tab.heard, ['resync {}']);
});

test('a key is told what its scopes may see', async (t) => {
  const here = await node(t);
  const { organisation, person } = await member('owner');
  const { key } = await here.ctx.db.tenant(organisation, (tx) =>
    makeApiKey(here.ctx, tx, { organisation, name: 'k', scopes: ['organisation:read', 'calls:read'], madeBy: person }),
  );
  const { status } = await here.server.inject({
    method: 'GET',
    url: '/api/v1/events',
    headers: { authorization: `Bearer ${key}` },
  });
  assert.equal(status, 200);
});
