import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, Personal, problem, readConfig, seededRandom, turnEnd, type Http } from '#base';
import { assertSaysWhatStays } from '../../../test/keeps.ts';
import { models, type Briefing, type ModelReach, type TextModel, type Turn } from './index.ts';
import type { ModelAccess, SpeechListener, SpeechModel, SpeechPlan, SpeechSession } from './index.ts';

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

  test(`${id} says what stays there, for how long and who says so, and that none of it waits to be deleted`, () => {
    assertSaysWhatStays(item.processor);
    assert.ok(item.processor.keeps.every(({ deletable }) => !deletable));
  });

  test(`${id} dials the origin that the configuration names, in its processor as well`, () => {
    const usual = item.processorFor?.(readConfig({})) ?? item.processor;
    assert.deepEqual(usual, item.processor);
  });

  if (item.speech) speaks(id, item.speech);
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

const plan: SpeechPlan = {
  instructions: 'Be kind.',
  tools: [],
  language: 'en-US',
  voice: undefined,
  terms: [],
  history: [],
};
const access: ModelAccess = { key: new Personal('key'), baseUrl: undefined };

/** A session over a machine without a way out, and everything it tells. */
function openSpeech(speech: SpeechModel) {
  const told: unknown[][] = [];
  const tell =
    (what: string) =>
    (...given: unknown[]) =>
      void told.push([what, ...given]);
  const listener: SpeechListener = {
    ready: tell('ready'),
    callerBegan: tell('callerBegan'),
    callerEnded: tell('callerEnded'),
    heard: tell('heard'),
    answering: tell('answering'),
    audio: tell('audio'),
    answered: tell('answered'),
    asks: tell('asks'),
    used: tell('used'),
    alive: tell('alive'),
    rests: tell('rests'),
    lost: tell('lost'),
  };
  const clock = manualClock(start.now);
  return { told, clock, session: speech.open({ ...reach, clock }, access, plan, listener) };
}

/** Everything a line may do with a session. */
function useAll(session: SpeechSession): void {
  session.hear(Buffer.alloc(160, 0xff).toString('base64'));
  session.cut('unknown', 10);
  session.result('unknown', { ok: false, why: 'unavailable' });
  session.prompt('Say hello.');
  session.keyed('1');
  session.probe();
  assert.equal(session.backlog(), 0);
}

/** What every model that speaks must keep, whatever its protocol. */
function speaks(id: string, speech: SpeechModel): void {
  test(`${id}: a session lasts longer than a call usually does`, () => {
    assert.ok(speech.sessionMs >= 10 * 60_000);
  });

  test(`${id}: what goes wrong on opening is told once, later, and thrown never`, async () => {
    const { told, clock, session } = openSpeech(speech);
    useAll(session);
    assert.deepEqual(told, [], 'the caller of open has its session before anything is told of it');
    await turnEnd();
    assert.deepEqual(told, [['lost', 'refused']]);
    useAll(session);
    session.close();
    clock.advance(60 * 60_000);
    await turnEnd();
    assert.equal(told.length, 1);
  });

  test(`${id}: after close nothing is told, not even a loss`, async () => {
    const { told, clock, session } = openSpeech(speech);
    session.close();
    useAll(session);
    await turnEnd();
    clock.advance(60 * 60_000);
    await turnEnd();
    assert.deepEqual(told, []);
  });
}
