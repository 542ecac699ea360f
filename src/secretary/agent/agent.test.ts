import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, newId, type Mistake } from '#base';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness, officeHours } from '../../../test/rows.ts';
import { briefingOf, loadAgent, saveAgent, type Agent } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

function sample(change: Partial<Agent> = {}): Agent {
  return {
    organisation: office.business.organisation,
    id: newId(office.ctx),
    name: 'Nora',
    language: 'en-US',
    greeting: 'How may I help?',
    facts: [{ about: 'parking', answer: 'There is a car park behind the house.' }],
    hours: officeHours,
    visitMinutes: 30,
    transferTo: '+15005550007',
    speech: 'relay',
    model: 'scripted',
    voice: null,
    record: false,
    discloseAi: true,
    tools: [],
    ...change,
  };
}

function save(agent: Agent): Promise<void> {
  return office.db.tenant(agent.organisation, (tx) => saveAgent(office.ctx, tx, agent));
}

test('an agent comes back as it was saved, also when saved again', async () => {
  const agent = sample();
  const load = () => office.db.tenant(agent.organisation, (tx) => loadAgent(tx, agent.organisation, agent.id));
  await save(agent);
  assert.deepEqual(await load(), agent);
  const off = { facts: [], transferTo: null, discloseAi: false };
  const changed: Agent = { ...agent, ...off, name: 'Nadia', speech: 'gather', tools: ['press-keys'] };
  await save(changed);
  assert.deepEqual(await load(), changed);
  assert.deepEqual(await office.audited(), ['agent.saved', 'agent.saved']);
});

test('an agent of another organisation is not found', async () => {
  const other = (await makeBusiness(office.db)).organisation;
  const { agentId } = office.business;
  const loading = office.db.tenant(other, (tx) => loadAgent(tx, other, agentId));
  await assert.rejects(loading, (error) => isProblem(error, 'not-found'));
});

test('a mistake is refused with its place, and nothing is saved', async () => {
  const wrong: [place: string, change: object][] = [
    ['/name', { name: '' }],
    ['/greeting', { greeting: 'a'.repeat(501) }],
    ['/language', { language: 'english please' }],
    ['/language', { language: 'EN-us' }],
    ['/facts/0/answer', { facts: [{ about: 'parking', answer: '' }] }],
    ['/hours/mon/0', { hours: { ...officeHours, mon: [{ from: '17:00', to: '09:00' }] } }],
    ['/hours/sun', { hours: { ...officeHours, sun: null } }],
    ['/visitMinutes', { visitMinutes: 4 }],
    ['/visitMinutes', { visitMinutes: 30.5 }],
    ['/transferTo', { transferTo: '500 555 0007' }],
    ['/transferTo', { transferTo: '+1 500 555 0007' }],
    ['/speech', { speech: 'shout' }],
    ['/model', { model: '../../etc' }],
    ['/record', { record: true }],
    ['/speech', { speech: 'live' }],
    ['/voice', { voice: 'two words' }],
    ['/discloseAi', { discloseAi: 'yes' }],
    ['/tools', { tools: 'press-keys' }],
    ['/tools/1', { tools: ['press-keys', 'book'] }],
    ['/tools', { tools: ['press-keys', 'press-keys'] }],
  ];
  for (const [place, change] of wrong) {
    const agent = sample(change);
    const places = (mistakes: readonly Mistake[]) => mistakes.map(({ at }) => at);
    await assert.rejects(
      save(agent),
      (error) => isProblem(error, 'input-invalid') && places(error.mistakes).includes(place),
      place,
    );
    const loading = office.db.tenant(agent.organisation, (tx) => loadAgent(tx, agent.organisation, agent.id));
    await assert.rejects(loading, (error) => isProblem(error, 'not-found'));
  }
});

test('a model is told what callers may hear, and that nobody can be reached when there is no number', () => {
  const agent = sample({ transferTo: null });
  const briefing = briefingOf(agent, { name: 'A business', timeZone: 'Europe/Madrid' });
  assert.deepEqual(briefing, {
    business: 'A business',
    agent: 'Nora',
    greeting: 'How may I help?',
    timeZone: 'Europe/Madrid',
    hours: officeHours,
    facts: agent.facts,
    visitMinutes: 30,
    canTransfer: false,
    language: 'en-US',
  });
  assert.ok(!JSON.stringify(briefingOf(sample(), { name: 'A', timeZone: 'UTC' })).includes('5550007'));
});
