import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTalk, standInFor, until } from '../../../../../../test/stand-in-model/talk.ts';
import openai from '../index.ts';

test('a vendor that refuses a probe is there as well', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech, standIn);
  await until('ready', () => talk.count('ready') === 1);
  standIn.faults.plan({ at: 'setup', deed: { do: 'error', code: 'invalid_value', about: 'probe' } });
  talk.session.probe();
  await until('a sign of life', () => talk.count('alive') === 1);
  assert.deepEqual(talk.count('lost'), 0);
});

test('a vendor that is there answers a probe, and nothing of the session is changed by it', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech, standIn);
  await until('ready', () => talk.count('ready') === 1);
  const before = standIn.sessions[0]?.settings();
  talk.session.probe();
  await until('a sign of life', () => talk.count('alive') === 1);
  assert.deepEqual(standIn.sessions[0]?.settings(), before);
  assert.deepEqual(standIn.sessions[0]?.refusals, []);
});
