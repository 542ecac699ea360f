import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, problem, readConfig, seededRandom, type Http } from '#base';
import { models, type Briefing, type ModelReach, type TextModel, type Turn } from './index.ts';

const day = [{ from: '09:00', to: '17:00' }];
const briefing: Briefing = {
  business: 'Hill Street Dental',
  agent: 'Sunny',
  greeting: 'Thank you for calling Hill Street Dental.',
  timeZone: 'America/New_York',
  hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  facts: [{ about: 'Address', answer: 'We are at 12 Hill Street.' }],
  visitMinutes: 30,
  canTransfer: false,
  language: 'en-US',
};
const start: Turn = {
  state: null,
  input: { type: 'start', callerNumber: undefined },
  briefing,
  now: Date.UTC(2026, 10, 20, 15),
};

/** A machine without a way out. */
const noWayOut = async (): Promise<never> => {
  throw problem('host-not-listed', 'There is no way out of this test.');
};
const reach: ModelReach = {
  clock: manualClock(start.now),
  random: seededRandom('models'),
  config: readConfig({}),
  http: Object.assign(noWayOut, { connect: noWayOut }) satisfies Http,
  log: () => {},
  access: undefined,
};

test('the scripted receptionist is among the models', async () => {
  assert.ok((await models()).some(({ id }) => id === 'scripted'));
});

for (const { id, item } of await models()) {
  test(`${id} says who receives what, and that is true of its hosts`, () => {
    const { name, purpose, region, hosts, data } = item.processor;
    assert.ok(name !== '' && purpose !== '' && region !== '');
    assert.equal(hosts.length > 0, data.length > 0, 'data leaves exactly when there is a host to go to');
    for (const host of hosts) assert.match(host, /^[a-z0-9.-]+$/);
  });

  if (item.processor.hosts.length > 0) continue;

  test(`${id} greets as it is told and keeps its state as JSON`, async () => {
    const reply = await item.turn(start, reach);
    assert.match(reply.say.join(' '), /Thank you for calling Hill Street Dental\./);
    assert.equal(reply.language, 'en-US');
    assert.deepEqual(JSON.parse(JSON.stringify(reply.state)), reply.state);
  });

  test(`${id} can tell what a call came to, even one that never began`, async () => {
    assert.notEqual((await debriefOf(item)).summary, '');
  });
}

function debriefOf(model: TextModel) {
  return model.debrief({ state: null, briefing, now: start.now, transcript: [], done: [] }, reach);
}
