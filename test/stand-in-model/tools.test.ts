import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHttp, Personal, readConfig, seededRandom, systemClock } from '#base';
import { models } from '#adapters/models';
import { purposes } from '#safeguards/retention';
import { optionalTools, toolList } from '#secretary/agent';
import { standInKey } from './stand-in.ts';
import { openTalk, standInFor, until } from './talk.ts';

const openai = (await models()).find(({ id }) => id === 'openai')!.item;
const tools = await toolList(optionalTools, new Set(purposes));

test('every tool of the product can be told to a model that speaks', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech!, standIn, { plan: { tools } });
  await until('ready', () => talk.count('ready') === 1);
  assert.deepEqual(standIn.sessions[0]?.refusals, []);
  assert.equal(standIn.sessions[0]?.settings().tools?.length, tools.length);
});

test('every tool of the product can be told to a model that writes, strictly', async (t) => {
  const wanted = tools.find(({ name }) => name === 'take-message')!;
  const input = { name: null, callback: null, body: 'x', urgent: false };
  const use = { tool: wanted.name, input };
  const text = () => ({ say: ['One moment.'], language: 'en-US', expect: 'speech', use });
  const standIn = await standInFor(t, { text });
  const config = readConfig({ SOTTO_OPENAI_BASE_URL: standIn.url });
  const log = () => {};
  const http = openHttp({ config, log });
  t.after(() => http.close());
  const access = { key: new Personal(standInKey), baseUrl: undefined };
  const day = [{ from: '09:00', to: '17:00' }];
  const briefing = {
    business: 'Hill Street Dental',
    agent: 'Sunny',
    greeting: 'Hello.',
    timeZone: 'America/New_York',
    hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
    facts: [],
    visitMinutes: 30,
    canTransfer: true,
    language: 'en-US',
  };
  const heard = { type: 'heard', text: 'take a message', interrupted: false } as const;
  const reply = await openai.turn(
    { state: null, input: heard, briefing, now: systemClock.now(), tools },
    { clock: systemClock, random: seededRandom(t.name), config, http, log, access },
  );
  assert.deepEqual(reply.use, use);
  assert.deepEqual(standIn.refused, []);
});
