import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  openTalk,
  standInFor,
  until,
  type Talk,
  type TalkOptions,
} from '../../../../../../test/stand-in-model/talk.ts';
import type { StandInOptions } from '../../../../../../test/stand-in-model/stand-in.ts';
import openai from '../index.ts';

/** A session that is ready, and the stand-in behind it. */
async function call(t: TestContext, vendor: StandInOptions = {}, line: TalkOptions = {}) {
  const standIn = await standInFor(t, vendor);
  const talk = openTalk(t, openai.speech, standIn, line);
  await until('ready', () => talk.count('ready') === 1);
  return { standIn, talk, vendor: standIn.sessions[0]! };
}

/** What was told, each run of the same as one. */
function order(talk: Talk): readonly string[] {
  return talk.told.map(({ what }) => what).filter((what, at, all) => what !== all[at - 1]);
}

test('the caller is heard, answered and transcribed, over real sockets', async (t) => {
  const { talk, vendor } = await call(t);
  talk.say('hello there');
  await until('words', () => talk.count('heard') === 1);
  const turn = ['callerBegan', 'callerEnded', 'answering', 'audio', 'answered', 'used', 'heard'];
  assert.deepEqual(order(talk), ['ready', ...turn]);
  assert.deepEqual(talk.all('heard'), [['hello there']]);
  assert.deepEqual(talk.heardFrom(), ['You said: hello there']);
  assert.deepEqual(vendor.refusals, []);
});
