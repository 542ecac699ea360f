import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { newId, type Id } from '#base';
import { regions } from '#rules';
import { changeOrganisation } from '#safeguards/accounts';
import { purposes, setPurposes } from '#safeguards/retention';
import { saveAgent, type Agent } from '#secretary/agent';
import { noLine } from '#secretary/calls';
import { officeHours } from '../../../test/rows.ts';
import { teamFor, type Asker, type Team } from '../../../test/team.ts';
import { teamRoutes } from '../team/routes.ts';
import { secretaryRoutes } from './routes.ts';

const allRegions = await regions();

function open(t: TestContext, env: Readonly<Record<string, string>> = {}): Promise<Team> {
  const routesOf: Parameters<typeof teamFor>[1] = (ctx) => {
    const live = { ...noLine(ctx), ready: () => true };
    return [...teamRoutes(ctx), ...secretaryRoutes({ ...ctx, regions: allRegions, live })];
  };
  return teamFor(t, routesOf, { env });
}

async function agentOf(team: Team, organisation: Id, change: Partial<Agent> = {}): Promise<Id> {
  const id = newId(team.ctx);
  const agent: Agent = {
    organisation,
    id,
    name: 'Nora',
    language: 'en-US',
    greeting: 'How may I help?',
    facts: [{ about: 'parking', answer: 'Behind the house.' }],
    hours: officeHours,
    visitMinutes: 30,
    transferTo: null,
    speech: 'relay',
    model: 'scripted',
    voice: null,
    record: false,
    discloseAi: true,
    tools: [],
    ...change,
  };
  await team.db.tenant(organisation, (tx) => saveAgent(team.ctx, tx, agent));
  return id;
}

function agree(team: Team, organisation: Id): Promise<void> {
  return team.db.tenant(organisation, (tx) => setPurposes(team.ctx, tx, { organisation, agreed: purposes }));
}

const patch = (team: Team, as: Asker, id: Id, body: object) =>
  team.ask({ 'if-match': '*', ...as }, 'PATCH', `/api/v1/agents/${id}`, body);

test('what is named is changed, the rest stays, and the log says who did it', async (t) => {
  const team = await open(t);
  const owner = await team.member('owner');
  const id = await agentOf(team, owner.organisation);
  const before = await team.ask(owner.as, 'GET', `/api/v1/agents/${id}`);
  const hours = {
    ...officeHours,
    sat: [
      { from: '10:00', to: '12:00' },
      { from: '13:00', to: '14:00' },
    ],
  };
  const { status, json, etag } = await patch(team, { ...owner.as, 'if-match': before.etag! }, id, {
    greeting: 'Hello.',
    hours,
  });
  assert.equal(status, 200);
  assert.deepEqual(json, { ...before.json, greeting: 'Hello.', hours });
  const after = await team.ask(owner.as, 'GET', `/api/v1/agents/${id}`);
  assert.deepEqual([after.json, after.etag], [json, etag], 'the version told is the version there is');
  const log = await team.ask(owner.as, 'GET', '/api/v1/audit');
  const saved = log.json.items!.filter(({ action }) => action === 'agent.saved');
  assert.deepEqual(
    saved.map(({ actor }) => actor),
    [`person:${owner.person}`, 'system'],
  );
});

test('who has not seen the last change cannot undo it, and a change that changes nothing is none', async (t) => {
  const team = await open(t);
  const owner = await team.member('owner');
  const id = await agentOf(team, owner.organisation);
  const { etag } = await team.ask(owner.as, 'GET', `/api/v1/agents/${id}`);
  const reader = { ...owner.as, 'if-match': etag! };
  assert.equal((await patch(team, reader, id, { name: 'Nadia' })).status, 200);
  const late = await patch(team, reader, id, { name: 'Nina' });
  assert.deepEqual([late.status, late.json.code], [412, 'changed-meanwhile']);
  await patch(team, owner.as, id, { name: 'Nadia' });
  const log = await team.ask(owner.as, 'GET', '/api/v1/audit');
  assert.equal(log.json.items!.filter(({ action }) => action === 'agent.saved').length, 2);
});

test('every mistake is told at once with its place, and nothing is saved', async (t) => {
  const team = await open(t);
  const owner = await team.member('owner');
  const id = await agentOf(team, owner.organisation);
  const { status, json } = await patch(team, owner.as, id, {
    name: '',
    greeting: 'a\u0000b',
    facts: [{ about: 'parking', answer: '\ud800' }],
    hours: { ...officeHours, mon: [{ from: '18:00', to: '09:00' }] },
    visitMinutes: 1,
    transferTo: '0800',
    language: 'en_US',
    model: 'openai',
    tools: ['fly'],
  });
  assert.deepEqual([status, json.code], [400, 'input-invalid']);
  const mistakes = json['mistakes'] as { at: string; fix: string }[];
  const places = mistakes.map(({ at }) => at.split('/')[1]);
  assert.deepEqual(
    new Set(places),
    new Set(['name', 'greeting', 'facts', 'hours', 'visitMinutes', 'transferTo', 'language', 'model', 'tools']),
  );
  assert.equal((await team.ask(owner.as, 'GET', `/api/v1/agents/${id}`)).json['greeting'], 'How may I help?');
});

test('a model that is not connected is refused with what to do, until it is connected', async (t) => {
  const team = await open(t);
  const owner = await team.member('owner');
  const id = await agentOf(team, owner.organisation);
  const mistakes = async (body: object) =>
    (await patch(team, owner.as, id, body)).json['mistakes'] as { at: string; fix: string }[] | undefined;
  const live = { model: 'openai', speech: 'live', record: true, voice: 'marin' };
  const refused = await mistakes(live);
  assert.deepEqual(
    refused?.map(({ at }) => at),
    ['/model', '/record'],
  );
  assert.match(refused[0]!.fix, /connect openai first/);
  assert.deepEqual(
    (await mistakes({ model: 'nobody' }))?.map(({ at }) => at),
    ['/model'],
  );
  const key = { vendor: 'openai', secret: 'sk-of-the-business-itself' };
  assert.equal((await team.ask(owner.as, 'POST', '/api/v1/credentials', key)).status, 201);
  assert.deepEqual(
    (await mistakes({ ...live, voice: 'nobodys' }))?.map(({ at }) => at),
    ['/record', '/voice'],
  );
  assert.match((await mistakes(live))![0]!.fix, /agreement/);
  await agree(team, owner.organisation);
  assert.equal(await mistakes(live), undefined);
});

test('an agent that lost its key can still be given another greeting', async (t) => {
  const team = await open(t);
  const owner = await team.member('owner');
  const id = await agentOf(team, owner.organisation, { model: 'openai', speech: 'live', record: true });
  assert.equal((await patch(team, owner.as, id, { greeting: 'Hello again.' })).status, 200);
});

test('everybody sees how the secretary is set up, owners and admins change it, and strangers find nothing', async (t) => {
  const team = await open(t);
  const owner = await team.member('owner');
  const id = await agentOf(team, owner.organisation);
  for (const [role, status] of [
    ['admin', 200],
    ['agent', 403],
    ['viewer', 403],
  ] as const) {
    const { as } = await team.member(role, owner.organisation);
    assert.equal((await team.ask(as, 'GET', `/api/v1/agents/${id}`)).status, 200, role);
    assert.equal((await patch(team, as, id, { name: 'Nadia' })).status, status, role);
  }
  const stranger = await team.member('owner');
  for (const told of [
    await team.ask(stranger.as, 'GET', `/api/v1/agents/${id}`),
    await team.ask(stranger.as, 'GET', `/api/v1/agents/${id}/opening`),
    await patch(team, stranger.as, id, { name: 'Nadia' }),
  ]) {
    assert.equal(told.status, 404);
  }
  assert.deepEqual((await team.ask(stranger.as, 'GET', '/api/v1/agents')).json.items, []);
});

test('options say which models are connected, what they can do, and what tools there are', async (t) => {
  const team = await open(t, { SOTTO_OPENAI_KEY: 'sk-of-the-installation' });
  const owner = await team.member('owner');
  const options = async () => (await team.ask(owner.as, 'GET', '/api/v1/agent-options')).json;
  const model = async (id: string) =>
    ((await options())['models'] as { id: string; access: string; speech: string[]; voices: string[] }[]).find(
      (one) => one.id === id,
    )!;
  assert.deepEqual((await model('scripted')).access, 'here');
  assert.deepEqual((await model('scripted')).speech, ['relay', 'gather']);
  const openai = await model('openai');
  assert.deepEqual([openai.access, openai.speech[0], openai.voices[0]], ['installation', 'live', 'marin']);
  await team.ask(owner.as, 'POST', '/api/v1/credentials', { vendor: 'openai', secret: 'sk-of-the-business-itself' });
  assert.equal((await model('openai')).access, 'own');
  const tools = (await options())['tools'] as { name: string; isOptional: boolean }[];
  assert.deepEqual(
    tools.filter(({ isOptional }) => isOptional).map(({ name }) => name),
    ['press-keys'],
  );
  assert.ok(tools.some(({ name }) => name === 'take-message'));
});

type Heard = { sentences: { what: string; text: string; by: string; why: string }[] } & Record<string, unknown>;

test('a draft is heard before it is saved, and its mistakes are those of saving it', async (t) => {
  const team = await open(t);
  const owner = await team.member('owner');
  const id = await agentOf(team, owner.organisation);
  const path = `/api/v1/agents/${id}/opening`;
  const now = (await team.ask(owner.as, 'GET', path)).json as unknown as Heard;
  assert.deepEqual(
    now.sentences.map(({ what, by, why }) => [what, by, why]),
    [
      ['welcome', 'carrier', 'always'],
      ['introduction', 'carrier', 'chosen'],
      ['greeting', 'carrier', 'own-words'],
    ],
  );
  assert.match(now.sentences[1]!.text, /Nora, an AI assistant/);
  const draft = { discloseAi: false, greeting: '¿Qué desea?', language: 'es-MX' };
  const then = (await team.ask(owner.as, 'POST', path, draft)).json as unknown as Heard;
  assert.deepEqual(
    then.sentences.map(({ text }) => text),
    ['Gracias por llamar a Firm.', 'Le atiende Nora.', '¿Qué desea?'],
  );
  assert.deepEqual((then['disclosure'] as Record<string, unknown>)['why'], 'off');
  const asked = (await team.ask(owner.as, 'POST', path, { greeting: 'Good day.' })).json as unknown as Heard;
  assert.deepEqual(
    asked.sentences.slice(2).map(({ text, why }) => [text, why]),
    [
      ['Good day.', 'own-words'],
      ['How can I help you?', 'added'],
    ],
  );
  const refused = await team.ask(owner.as, 'POST', path, { visitMinutes: 1 });
  assert.deepEqual([refused.status, refused.json.code], [400, 'input-invalid']);
});

test('where the law demands it the disclosure is said, whatever the business chose, and the law is named', async (t) => {
  const team = await open(t);
  const owner = await team.member('owner');
  const { organisation } = owner;
  const place = { id: organisation, name: 'Firm', timeZone: 'Europe/Madrid', language: 'en', region: 'ES' };
  await team.db.tenant(organisation, (tx) => changeOrganisation(team.ctx, tx, place));
  const id = await agentOf(team, organisation, { discloseAi: false });
  const { json } = await team.ask(owner.as, 'GET', `/api/v1/agents/${id}/opening`);
  const { disclosure, sentences } = json as unknown as Heard;
  const { said, why, region, rule } = disclosure as Record<string, unknown>;
  assert.deepEqual([said, why, region, rule], [true, 'law', 'ES', 'eu']);
  assert.match(sentences[1]!.text, /AI assistant/);
});

test('a call that would be recorded says so, before and inside; one that cannot be live is not recorded', async (t) => {
  const team = await open(t, { SOTTO_OPENAI_KEY: 'sk-of-the-installation' });
  const owner = await team.member('owner');
  const id = await agentOf(team, owner.organisation, { model: 'openai', speech: 'live', record: true });
  const path = `/api/v1/agents/${id}/opening`;
  const unasked = (await team.ask(owner.as, 'GET', path)).json;
  assert.deepEqual(unasked['recording'], { said: false, why: 'not-agreed' });
  await agree(team, owner.organisation);
  const heard = (await team.ask(owner.as, 'GET', path)).json as unknown as Heard;
  assert.equal(heard['channel'], 'live');
  assert.deepEqual(
    heard.sentences.map(({ what, by, why }) => [what, by, why]),
    [
      ['welcome', 'carrier', 'always'],
      ['introduction', 'carrier', 'chosen'],
      ['recording', 'carrier', 'recorded'],
      ['recording', 'model', 'inside'],
      ['greeting', 'model', 'own-words'],
    ],
  );
  const without = await open(t);
  const other = await without.member('owner');
  const keyless = await agentOf(without, other.organisation, { model: 'openai', speech: 'live', record: true });
  const { json } = await without.ask(other.as, 'GET', `/api/v1/agents/${keyless}/opening`);
  assert.deepEqual(json['recording'], { said: false, why: 'not-live' });
  assert.equal(json['standIn'], true);
});
