import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { seal } from '#safeguards/vault';
import { book } from '#secretary/appointments';
import { captureLead } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import { writeTurn } from '#secretary/turns';
import { makeBusiness, makeCall, type Business } from '../../../test/rows.ts';
import { byKey, openTeam, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from '../team/routes.ts';
import { masked, shownTo } from './masked.ts';
import { apiRoutes } from './routes.ts';

let team: Team;
before(async () => {
  team = await openTeam((ctx) => [...teamRoutes(ctx), ...apiRoutes(ctx)]);
});
after(() => team.close());

const number = '+34600111222';
const hour = 3_600_000;
const get = (as: Asker, path: string) => team.ask(as, 'GET', `/api/v1/${path}`);
const idsIn = async (as: Asker, path: string) => (await get(as, path)).json.items?.map(({ id }) => id);

type Plan = { readonly ago?: number; readonly state?: string; readonly outcome?: string; readonly of?: Id };

/** A call that began so many milliseconds ago. */
async function call(business: Business, { ago = 0, state = 'ended', outcome, of }: Plan = {}): Promise<Id> {
  const { organisation } = business;
  const id = await makeCall(team.db, business);
  const place = { table: 'calls', row: id, column: 'caller_number' };
  const from = await seal(team.ctx, { organisation, kind: 'call', id }, place, number);
  const at = new Date(team.ctx.clock.now() - ago);
  await team.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.calls set state = ${state}, outcome = ${outcome ?? null}, assigned_to = ${of ?? null},
        started_at = ${at}, ended_at = ${state === 'ended' ? at : null}, caller_number = ${from}
      where organisation_id = ${organisation} and id = ${id}`),
  );
  return id;
}

async function office(timeZone = 'Etc/UTC') {
  const business = await makeBusiness(team.db, { timeZone });
  const owner = await team.member('owner', business.organisation);
  const agent = await team.member('agent', business.organisation);
  const viewer = await team.member('viewer', business.organisation);
  return { business, owner, agent, viewer };
}

/** What a caller left: a lead, an urgent message, an appointment in two hours. */
function leave({ organisation, agentId }: Business, callId: Id) {
  return team.db.tenant(organisation, async (tx) => {
    const given = { organisation, callId };
    const phone = new Personal(number);
    const lead = await captureLead(team.ctx, tx, { ...given, phone });
    const callback = new Personal(`after six, ${number}`);
    const message = await takeMessage(team.ctx, tx, {
      ...given,
      body: new Personal('Call me'),
      callback,
      urgent: true,
    });
    const startsAt = team.ctx.clock.now() + 2 * hour;
    const name = new Personal('Ines');
    const { id: appointment } = await book(team.ctx, tx, { ...given, agentId, startsAt, minutes: 30, name, phone });
    return { lead, message, appointment };
  });
}

test('calls are found by state, outcome, agent, whose they are, when, and all of it at once', async () => {
  const { business, owner, agent } = await office();
  const old = await call(business, { ago: 50 * hour, outcome: 'message-taken', of: agent.person });
  const live = await call(business, { ago: 2 * hour, state: 'live' });
  const fresh = await call(business, { ago: hour, outcome: 'message-taken' });
  const since = new Date(team.ctx.clock.now() - 3 * hour).toISOString();
  const found = (query: string) => idsIn(owner.as, `calls?${query}`);
  assert.deepEqual(await found('state=live'), [live]);
  assert.deepEqual(await found('state=ended'), [fresh, old]);
  assert.deepEqual(await found('outcome=message-taken'), [fresh, old]);
  assert.deepEqual(await found(`assigned=${agent.person}`), [old]);
  assert.deepEqual(await found('assigned=none'), [fresh, live]);
  assert.deepEqual(await found(`since=${since}`), [fresh, live]);
  assert.deepEqual(await found(`until=${since}`), [old]);
  assert.deepEqual(await found(`agent=${business.agentId}`), [fresh, live, old]);
  assert.deepEqual(await found(`agent=${owner.person}`), []);
  const all = `state=ended&outcome=message-taken&assigned=none&agent=${business.agentId}&since=${since}&limit=1`;
  assert.deepEqual(await found(all), [fresh]);
});

test('pages go on within what was asked for', async () => {
  const { business, owner } = await office();
  const calls = [3, 2, 1].map((ago) => call(business, { ago: ago * hour, outcome: 'abandoned' }));
  const [first, second, third] = [await calls[0]!, await calls[1]!, await calls[2]!];
  await call(business, { outcome: 'message-taken' });
  const page = await get(owner.as, 'calls?outcome=abandoned&limit=2');
  assert.deepEqual(
    page.json.items?.map(({ id }) => id),
    [third, second],
  );
  assert.deepEqual(await idsIn(owner.as, `calls?outcome=abandoned&limit=2&before=${String(page.json['next'])}`), [
    first,
  ]);
});

test('an instant that no clock shows, or that lies beyond all calendars, is no fault of ours', async () => {
  const { owner } = await office();
  for (const at of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59', '1969-01-01T00:00:00Z']) {
    assert.equal(
      (await get(owner.as, `calls?since=${encodeURIComponent(at)}&until=${encodeURIComponent(at)}`)).status,
      200,
      at,
    );
  }
  for (const at of ['yesterday', '2026-02-31T99:00:00Z', '2016-12-31T23:59:60Z']) {
    assert.equal((await get(owner.as, `calls?since=${encodeURIComponent(at)}`)).status, 400, at);
  }
});

test('an agent narrows down their own calls and never gets beyond them', async () => {
  const { business, agent, owner } = await office();
  const mine = await call(business, { of: agent.person, outcome: 'abandoned' });
  await call(business, { of: owner.person, outcome: 'abandoned' });
  await call(business, { outcome: 'abandoned' });
  assert.deepEqual(await idsIn(agent.as, 'calls?outcome=abandoned'), [mine]);
  assert.deepEqual(await idsIn(agent.as, `calls?assigned=${owner.person}`), []);
  assert.deepEqual(await idsIn(agent.as, 'calls?assigned=none'), []);
});

test('a number is masked for people wherever it stands, and whole for a key', async () => {
  const { business, owner } = await office();
  const id = await call(business);
  await leave(business, id);
  const scopes = ['transcripts:read', 'calls:read', 'leads:read', 'messages:read', 'appointments:read'];
  const { key } = (await team.ask(owner.as, 'POST', '/api/v1/keys', { name: 'k', scopes })).json;
  for (const path of ['calls', `calls/${id}`, 'leads', 'messages', 'appointments', 'today']) {
    assert.ok(!JSON.stringify((await get(owner.as, path)).json).includes('600111222'), path);
    const whole = JSON.stringify((await get(byKey(key!), path)).json).includes(number);
    assert.equal(whole, path !== 'today', path);
  }
  assert.equal((await get(owner.as, 'messages')).json.items?.[0]?.['callback'], 'after six, ***-***-1222');
  const { organisation, agentId } = business;
  const visit = { organisation, agentId, startsAt: team.ctx.clock.now() + 4 * hour, minutes: 30 };
  const reason = new Personal(`Call ${number} first`);
  await team.db.tenant(organisation, (tx) => book(team.ctx, tx, { ...visit, reason }));
  const today = async (as: Asker) => JSON.stringify((await get(as, 'today')).json);
  assert.match(await today(owner.as), /"reason":"Call \*\*\*-\*\*\*-1222 first"/);
  assert.ok((await today(byKey(key!))).includes(`"reason":"Call ${number} first"`));
});

test('masking hides all but four figures of whatever reads as a number, and no word', () => {
  const cases = [
    ['+1 (555) 010-1234', '***-***-1234'],
    ['555.010.1234 or 555 010 9876', '***-***-1234 or ***-***-9876'],
    ['٠١٢٣٤٥٦٧٨', '***-***-٥٦٧٨'],
    ['+34_600_111_222', '***-***-1222'],
    ['600·111·222', '***-***-1222'],
    ['(555), 010, 1234', '***-***-1234'],
    ['555\u2011010\u20111234', '***-***-1234'],
    ['+1\u200b555\u200b010\u200b1234', '***-***-1234'],
    ['after 18:00, room 12', 'after 18:00, room 12'],
    ['withheld', 'withheld'],
  ] as const;
  for (const [text, shown] of cases) assert.equal(masked(text), shown);
  const [person, key] = [{ actor: 'person:1' }, { actor: 'api-key:1' }] as const;
  const summary = 'Order 4471199 of 2026-11-24. Callback number: +15005559792.';
  assert.equal(shownTo(person, { summary }, []).summary, 'Order 4471199 of 2026-11-24. Callback number: ***-***-9792.');
  assert.equal(shownTo(key, { summary }, []).summary, summary);
});

test('a number is shown whole to who may see it, and the log says who asked for which', async () => {
  const { business, owner, viewer } = await office();
  const id = await call(business);
  const left = await leave(business, id);
  const asked = { call: id, lead: left.lead, message: left.message, appointment: left.appointment };
  for (const [kind, of] of Object.entries(asked)) {
    const { status, json } = await team.ask(owner.as, 'POST', '/api/v1/reveal', { kind, id: of });
    assert.equal(status, 200, kind);
    assert.ok(String(json['phone']).endsWith(number), kind);
    assert.equal((await team.ask(viewer.as, 'POST', '/api/v1/reveal', { kind, id: of })).status, 403, kind);
  }
  const { json } = await get(owner.as, 'audit');
  const revealed = json.items!.filter(({ action }) => action === 'number.revealed');
  assert.deepEqual(
    revealed.map(({ object }) => String(object)).toSorted((a, b) => a.localeCompare(b)),
    Object.entries(asked)
      .map(([kind, of]) => `${kind}:${of}`)
      .toSorted((a, b) => a.localeCompare(b)),
  );
  assert.ok(revealed.every(({ actor, details }) => actor === `person:${owner.person}` && details));
});

test('a number that is not theirs is for an agent as if it were not there', async () => {
  const { business, agent } = await office();
  const [mine, other] = [await call(business, { of: agent.person }), await call(business)];
  const left = await leave(business, other);
  const reveal = (kind: string, id: Id) => team.ask(agent.as, 'POST', '/api/v1/reveal', { kind, id });
  assert.deepEqual((await reveal('call', mine)).json, { phone: number });
  for (const [kind, id] of [['call', other], ...Object.entries(left)] as const) {
    assert.deepEqual([(await reveal(kind, id)).status, kind], [404, kind]);
  }
});

test('a key that may see numbers and nothing that has one gets none', async () => {
  const { business, owner } = await office();
  const id = await call(business);
  const { key } = (await team.ask(owner.as, 'POST', '/api/v1/keys', { name: 'k', scopes: ['numbers:read'] })).json;
  const { status, json } = await team.ask(byKey(key!), 'POST', '/api/v1/reveal', { kind: 'call', id });
  assert.deepEqual([status, json.code], [403, 'key-lacks-scope']);
});

test('a message waits until somebody has seen to it, and a lead until it is contacted', async () => {
  const { business, owner, agent, viewer } = await office();
  const id = await call(business);
  const { lead, message } = await leave(business, id);
  const waiting = async () => {
    const { json } = await get(owner.as, 'today');
    return [json['messages'], json['newLeads']];
  };
  assert.deepEqual(await waiting(), [{ open: 1, urgent: 1 }, 1]);
  const seeTo = (as: Asker, isDone: boolean) =>
    team.ask(as, 'PUT', `/api/v1/messages/${message}/done`, { done: isDone });
  const move = (as: Asker, status: string) => team.ask(as, 'PUT', `/api/v1/leads/${lead}/status`, { status });
  for (const as of [agent.as, viewer.as]) {
    const refused = as === agent.as ? 404 : 403;
    assert.deepEqual([(await seeTo(as, true)).status, (await move(as, 'won')).status], [refused, refused]);
  }
  for (let twice = 0; twice < 2; twice += 1) {
    assert.deepEqual([(await seeTo(owner.as, true)).status, (await move(owner.as, 'contacted')).status], [204, 204]);
  }
  assert.deepEqual(await waiting(), [{ open: 0, urgent: 0 }, 0]);
  assert.deepEqual(await idsIn(owner.as, 'messages?done=true&urgent=true'), [message]);
  assert.deepEqual(await idsIn(owner.as, 'messages?done=false'), []);
  assert.deepEqual(await idsIn(owner.as, 'leads?status=contacted'), [lead]);
  assert.deepEqual(await idsIn(owner.as, 'leads?status=new'), []);
  await seeTo(owner.as, false);
  assert.deepEqual(await idsIn(owner.as, 'messages?done=false'), [message]);
  const actions = (await get(owner.as, 'audit')).json.items!.map(({ action }) => action);
  assert.equal(actions.filter((one) => one === 'message.done' || one === 'lead.changed').length, 2);
});

test('what came of one call is found by it', async () => {
  const { business, owner } = await office();
  const [one, other] = [await call(business), await call(business)];
  const left = await leave(business, one);
  for (const [list, id] of [
    ['leads', left.lead],
    ['messages', left.message],
    ['appointments', left.appointment],
  ] as const) {
    assert.deepEqual(await idsIn(owner.as, `${list}?call=${one}`), [id]);
    assert.deepEqual(await idsIn(owner.as, `${list}?call=${other}`), []);
  }
});

test('appointments come in the order of a diary, page by page, within the time that was asked for', async () => {
  const { business, owner } = await office();
  const { organisation, agentId } = business;
  const made: Id[] = [];
  for (let at = 1; at <= 4; at += 1) {
    const startsAt = team.ctx.clock.now() + at * hour;
    const booking = { organisation, agentId, startsAt, minutes: 30 };
    made.push((await team.db.tenant(organisation, (tx) => book(team.ctx, tx, booking))).id);
  }
  const at = (hours: number) => new Date(team.ctx.clock.now() + hours * hour).toISOString();
  const first = await get(owner.as, `appointments?order=upcoming&limit=2&since=${at(1.5)}`);
  assert.deepEqual(
    first.json.items?.map(({ id }) => id),
    made.slice(1, 3),
  );
  const rest = `appointments?order=upcoming&limit=2&since=${at(1.5)}&before=${String(first.json['next'])}`;
  assert.deepEqual(await idsIn(owner.as, rest), [made[3]]);
  assert.deepEqual(await idsIn(owner.as, `appointments?until=${at(2.5)}`), [made[1], made[0]]);
  assert.deepEqual(await idsIn(owner.as, 'appointments?status=cancelled'), []);
});

type Counted = {
  readonly answered: number;
  readonly live: number;
  readonly days: readonly { readonly calls: number }[];
};

test('today is the day on the wall of the business', async () => {
  // In Kiritimati it is fourteen hours later than in Greenwich, so a day there begins when ours is not over.
  const { business, owner } = await office('Pacific/Kiritimati');
  const startedAt = Date.parse(String((await get(owner.as, 'today')).json['startedAt']));
  assert.equal(new Date(startedAt).getUTCHours(), 10);
  const sinceMidnight = team.ctx.clock.now() - startedAt;
  await call(business, { ago: sinceMidnight - 1, outcome: 'message-taken' });
  await call(business, { ago: sinceMidnight + 1, outcome: 'abandoned' });
  await call(business, { ago: sinceMidnight + 30 * 24 * hour });
  const { calls, timeZone } = (await get(owner.as, 'today')).json as unknown as { calls: Counted; timeZone: string };
  assert.equal(timeZone, 'Pacific/Kiritimati');
  assert.deepEqual(calls.answered, 1);
  assert.deepEqual(
    calls.days.map((day) => day.calls),
    [...Array.from({ length: 12 }, () => 0), 1, 1],
  );
});

test('today tells each person what they may see, and a viewer numbers alone', async () => {
  const { business, owner, agent, viewer } = await office();
  const mine = await call(business, { of: agent.person, state: 'live' });
  const other = await call(business, { outcome: 'message-taken' });
  await leave(business, other);
  const at = team.ctx.clock.now() - 1;
  for (const [callId, heardMs] of [
    [mine, 300],
    [other, 900],
  ] as const) {
    const times = { endpointMs: 1, modelMs: 2, sentMs: 3, heardMs };
    const turn = { organisation: business.organisation, callId, stream: 1, n: 1, agentId: business.agentId, at, times };
    await team.db.tenant(business.organisation, (tx) => writeTurn(tx, turn));
  }
  const all = (await get(owner.as, 'today')).json;
  assert.deepEqual(
    [all['medianWaitMs'], (all['calls'] as Counted).answered, (all['calls'] as Counted).live],
    [600, 2, 1],
  );
  assert.deepEqual(
    (all['appointments'] as readonly { name: string }[]).map(({ name }) => name),
    ['Ines'],
  );
  const own = (await get(agent.as, 'today')).json;
  assert.deepEqual([own['medianWaitMs'], (own['calls'] as Counted).answered], [300, 1]);
  assert.deepEqual([own['messages'], own['newLeads'], own['appointments']], [{ open: 0, urgent: 0 }, 0, []]);
  const seen = (await get(viewer.as, 'today')).json;
  assert.deepEqual(Object.keys(seen).toSorted(), ['calls', 'medianWaitMs', 'startedAt', 'timeZone']);
  assert.equal((seen['calls'] as Counted).answered, 2);
});

test('how long the caller of one call waited is told with it, turn by turn', async () => {
  const { business, viewer } = await office();
  const callId = await call(business);
  const { organisation, agentId } = business;
  const at = team.ctx.clock.now();
  for (const n of [4, 9]) {
    const times = { endpointMs: n, modelMs: 10 * n, sentMs: 20 * n, heardMs: 30 * n };
    await team.db.tenant(organisation, (tx) =>
      writeTurn(tx, { organisation, callId, stream: 1, n, agentId, at: at + n, times }),
    );
  }
  const turns = (await get(viewer.as, `calls/${callId}`)).json['turns'] as readonly { n: number; heardMs: number }[];
  assert.deepEqual(
    turns.map(({ n, heardMs }) => [n, heardMs]),
    [
      [1, 120],
      [2, 270],
    ],
  );
});
