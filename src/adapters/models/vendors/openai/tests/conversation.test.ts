import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { manualClock } from '#base';
import { parrotScript, type Script, type StandInOptions } from '../../../../../../test/stand-in-model/stand-in.ts';
import {
  framesOf,
  openTalk,
  plan,
  standInFor,
  until,
  type Talk,
  type TalkOptions,
} from '../../../../../../test/stand-in-model/talk.ts';
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

/** The milliseconds of audio that were given out for an answer. */
function givenMs(talk: Talk, answer: string): number {
  const pieces = talk.all('audio').filter(([of]) => of === answer);
  return pieces.reduce((sum, [, payload]) => sum + Buffer.from(payload, 'base64').length, 0) / 8;
}

test('the caller is heard, answered and transcribed, over real sockets', async (t) => {
  const { talk, vendor } = await call(t);
  talk.say('hello there');
  await until('words', () => talk.count('heard') === 1);
  const turn = ['callerBegan', 'callerEnded', 'answering', 'audio', 'answered', 'used', 'rests', 'used', 'heard'];
  assert.deepEqual(order(talk), ['ready', ...turn]);
  assert.deepEqual(talk.all('heard'), [['hello there']]);
  assert.deepEqual(talk.heardFrom(), ['You said: hello there']);
  assert.deepEqual(talk.all('answered')[0]?.[1], 'You said: hello there');
  assert.deepEqual(vendor.refusals, []);
});

test('the caller is heard bit by bit, frame by frame, as it came', async (t) => {
  const { talk, vendor } = await call(t);
  talk.say('one two three');
  await until('words', () => talk.count('heard') === 1);
  const spokenMs = talk.all('callerEnded')[0]![0] - talk.all('callerBegan')[0]![0];
  assert.equal(vendor.audioBytes(), spokenMs * 8);
  assert.deepEqual(talk.all('used').at(-1), [{ inputTokens: 0, outputTokens: 0, audioSeconds: spokenMs / 1_000 }]);
});

test('times count from the first frame given, though frames before it was ready are not heard', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech, standIn);
  for (const frame of framesOf(Buffer.alloc(160 * 10, 0xff))) talk.session.hear(frame);
  await until('ready', () => talk.count('ready') === 1);
  talk.say('hello');
  await until('words', () => talk.count('heard') === 1);
  assert.deepEqual(talk.all('callerBegan'), [[200]]);
});

test('words are told in order although the first are understood last', async (t) => {
  const { talk } = await call(t, { transcribed: 'before' });
  talk.say('first');
  talk.say('second');
  await until('both', () => talk.count('heard') === 2);
  assert.deepEqual(talk.all('heard'), [['first'], ['second']]);
});

test('words that are not understood are told as that', async (t) => {
  const { talk } = await call(t, { transcribe: () => undefined });
  talk.say('mumble');
  await until('words', () => talk.count('heard') === 1);
  assert.deepEqual(talk.all('heard'), [['']]);
});

/** Looks for a time when asked to, and tells what came of it. */
const booking: Script = (moment) => {
  if (moment.heard === 'book') return { say: 'One moment.', use: { tool: 'find-slot', input: { from: 'today' } } };
  if (moment.heard === 'break') return { use: { tool: 'find-slot', input: '{"from":' } };
  return parrotScript(moment);
};

test('a tool is asked for, answered, and its result is spoken', async (t) => {
  const { talk, vendor } = await call(t, { script: booking });
  talk.say('book');
  await until('tool', () => talk.count('asks') === 1);
  const [use] = talk.all('asks')[0]!;
  assert.deepEqual([use.tool, use.input], ['find-slot', { from: 'today' }]);
  talk.session.result(use.callId, { ok: true, value: { slots: ['9:00'] } });
  await until('result', () => talk.heardFrom().length === 2 && talk.count('answered') === 2);
  assert.deepEqual(talk.heardFrom(), ['One moment.', 'Done: {"ok":true,"value":{"slots":["9:00"]}}.']);
  assert.deepEqual(vendor.refusals, []);
  talk.session.result(use.callId, { ok: true, value: {} });
  const results = vendor.received.filter((event) => event.type === 'conversation.item.create');
  assert.equal(results.length, 1, 'a result is given once');
});

test('a tool that refuses is told to the model as that', async (t) => {
  const { talk } = await call(t, { script: booking });
  talk.say('book');
  await until('tool', () => talk.count('asks') === 1);
  talk.session.result(talk.all('asks')[0]![0].callId, { ok: false, why: 'none-free' });
  await until('result', () => talk.count('answered') === 2);
  assert.deepEqual(talk.heardFrom().at(-1), 'Done: {"ok":false,"why":"none-free"}.');
});

test('a tool called with what is no JSON is not run; the model is told so and goes on', async (t) => {
  const { talk } = await call(t, { script: booking });
  talk.say('break');
  await until('answer', () => talk.count('answered') === 1);
  assert.equal(talk.count('asks'), 0);
  assert.deepEqual(talk.heardFrom(), ['Done: {"ok":false,"why":"input-not-json"}.']);
});

test('a result for a tool that another connection asked for reaches the model all the same', async (t) => {
  const { talk, vendor } = await call(t);
  talk.session.result('call_of_before', { ok: true, value: { booked: true } });
  await until('answer', () => talk.count('answered') === 1);
  const told = vendor.conversation.lines()[0]!;
  assert.equal(told.by, 'system');
  assert.match('text' in told ? told.text : '', /\{"ok":true,"value":\{"booked":true\}\}/);
  assert.deepEqual(vendor.refusals, []);
});

test('what is prompted is said on top of the standing instructions, not in their place', async (t) => {
  const { talk, vendor } = await call(t);
  talk.session.prompt('Say this greeting: "Thank you for calling."');
  await until('answer', () => talk.count('answered') === 1);
  assert.deepEqual(talk.heardFrom(), ['Thank you for calling.']);
  const asked = vendor.received.find((event) => event.type === 'response.create');
  assert.ok(asked?.type === 'response.create' && asked.response?.instructions?.startsWith(plan.instructions));
});

test('keys that were pressed are told to the model, which answers', async (t) => {
  const { talk, vendor } = await call(t);
  talk.session.keyed('1234#');
  await until('answer', () => talk.count('answered') === 1);
  assert.deepEqual(vendor.conversation.lines()[0], { by: 'caller', text: '[The caller pressed these keys: 1234#]' });
  assert.deepEqual(vendor.refusals, []);
});

test('what is asked of a session before it is ready is done when it is', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech, standIn);
  talk.session.prompt('Say "Hello."');
  await until('answer', () => talk.count('answered') === 1);
  assert.deepEqual(talk.heardFrom(), ['Hello.']);
});

const long = 'This is an answer that goes on for quite a while, and longer than anybody wants to hear.';

test('a caller who speaks over an answer ends it, and the model forgets what was not heard', async (t) => {
  const cutAt = 400;
  const { talk, vendor } = await call(
    t,
    { pace: 4, script: ({ heard }) => ({ say: heard === 'go' ? long : 'Yes?' }) },
    {
      during(told, session) {
        if (told.what === 'callerBegan' && talk.count('answering') === 1)
          session.cut(talk.all('answering')[0]![0], cutAt);
      },
    },
  );
  talk.say('go');
  const answer = () => talk.all('answering')[0]?.[0] ?? '';
  await until('half a second of audio', () => givenMs(talk, answer()) > 500);
  talk.say('wait');
  await until('the next answer', () => talk.count('answered') === 2);
  const first = answer();
  assert.ok(givenMs(talk, first) < 5_000);
  assert.equal(
    talk.told.findLastIndex(({ what, with: [of] }) => what === 'audio' && of === first) <
      talk.told.findLastIndex(({ what }) => what === 'callerBegan'),
    true,
  );
  assert.deepEqual(
    vendor.received.filter(({ type }) => type === 'conversation.item.truncate'),
    [{ type: 'conversation.item.truncate', item_id: first, content_index: 0, audio_end_ms: cutAt }],
  );
  // The vendor has stopped by itself; it is told nothing it would call a mistake.
  assert.deepEqual(vendor.refusals, []);
  assert.ok(long.startsWith(talk.all('answered')[0]![1]) && talk.all('answered')[0]![1] !== long);
  assert.deepEqual(talk.heardFrom().at(-1), 'Yes?');
});

test('an answer that is cut without a word of the caller is cancelled at the vendor', async (t) => {
  const { talk, vendor } = await call(t, { pace: 4, script: () => ({ say: long }) });
  talk.say('go');
  await until('audio', () => talk.count('audio') > 3);
  const [answer] = talk.all('answering')[0]!;
  const before = talk.count('audio');
  talk.session.cut(answer, 0);
  await until('its end', () => talk.count('answered') === 1);
  assert.equal(talk.count('audio'), before, 'nothing of it is given out after');
  const sent = vendor.received.map(({ type }) => type).slice(-2);
  assert.deepEqual(sent, ['response.cancel', 'conversation.item.truncate']);
  assert.deepEqual(vendor.refusals, []);
});

test('an answer is never cut beyond what there was of it', async (t) => {
  const { talk, vendor } = await call(t, { pace: 4, script: () => ({ say: long }) });
  talk.say('go');
  await until('audio', () => talk.count('audio') > 3);
  const [answer] = talk.all('answering')[0]!;
  const given = givenMs(talk, answer);
  talk.session.cut(answer, 3_600_000);
  await until('truncation', () => vendor.received.some(({ type }) => type === 'conversation.item.truncate'));
  const cut = vendor.received.find((event) => event.type === 'conversation.item.truncate');
  assert.equal(cut?.type === 'conversation.item.truncate' && cut.audio_end_ms, Math.floor(given));
  assert.deepEqual(vendor.refusals, []);
});

test('an answer that was heard to its end, is unknown or was cut before is left alone', async (t) => {
  const { talk, vendor } = await call(t);
  talk.say('hi');
  await until('answer', () => talk.count('used') > 0);
  const [answer] = talk.all('answering')[0]!;
  talk.session.cut('nobody knows it', 100);
  talk.session.cut(answer, 3_600_000);
  talk.session.cut(answer, 40);
  talk.session.cut(answer, 20);
  talk.session.keyed('1');
  await until('the next answer', () => talk.count('answered') === 2);
  const cuts = vendor.received.filter((event) => event.type === 'conversation.item.truncate');
  assert.deepEqual(
    cuts.map((event) => event.type === 'conversation.item.truncate' && event.audio_end_ms),
    [40],
  );
});

test('audio of a cancelled answer that comes late is never given out', async (t) => {
  const faults = [{ at: 'cancelled', deed: { do: 'late-audio' } }] as const;
  const { talk } = await call(t, { faults, pace: 4, script: ({ heard }) => ({ say: heard === 'go' ? long : 'Yes?' }) });
  talk.say('go');
  await until('audio', () => talk.count('audio') > 3);
  talk.say('stop');
  await until('the next answer', () => talk.count('answered') === 2);
  const [first] = talk.all('answering')[0]!;
  const began = talk.told.findLastIndex(({ what }) => what === 'callerBegan');
  assert.ok(!talk.told.slice(began).some(({ what, with: [of] }) => what === 'audio' && of === first));
});

test('an answer that the vendor filters is followed by words; a second one running ends the session', async (t) => {
  const deed = { do: 'incomplete', reason: 'content_filter' } as const;
  const { talk } = await call(t, { faults: [{ at: 'answer', deed }], script: parrotScript });
  talk.say('hello');
  await until('words', () => talk.count('answered') === 1);
  assert.equal(talk.count('lost'), 0);
  const again = await call(t, { faults: [{ at: 'answer', deed, times: 2 }] });
  again.talk.say('hello');
  await until('loss', () => again.talk.count('lost') === 1);
  assert.deepEqual(again.talk.all('lost'), [['failed']]);
});

test('an answer that grew too long ends there, and the conversation goes on', async (t) => {
  const deed = { do: 'incomplete', reason: 'max_output_tokens' } as const;
  const { talk } = await call(t, { faults: [{ at: 'mid-answer', deed }] });
  talk.say('first words');
  await until('answer', () => talk.count('answered') === 1);
  talk.say('second');
  await until('answer', () => talk.count('answered') === 2);
  assert.deepEqual(talk.heardFrom().at(-1), 'You said: second');
  assert.equal(talk.count('lost'), 0);
});

test('what the vendor bills adds up to what it said', async (t) => {
  const { talk } = await call(t);
  talk.say('hello');
  await until('both bills', () => talk.count('used') === 2);
  const spokenMs = givenMs(talk, talk.all('answering')[0]![0]);
  const [[answer], [words]] = talk.all('used') as unknown as [[{ outputTokens: number }], [{ audioSeconds: number }]];
  assert.equal(answer.outputTokens, 3 + Math.ceil(spokenMs / 50));
  assert.ok(words.audioSeconds > 0);
});

test('a model that stops within a sentence is told as lost, with what it had said', async (t) => {
  const clock = manualClock(0);
  const { standIn, talk } = await call(
    t,
    { faults: [{ at: 'mid-answer', deed: { do: 'hang' } }], script: () => ({ say: long }) },
    { clock },
  );
  talk.say('go');
  await until(
    'half of it',
    () => talk.all('answering').length === 1 && givenMs(talk, talk.all('answering')[0]![0]) > 2_000,
  );
  await until('nothing more', () => standIn.faults.planned() === 0);
  clock.advance(2_000);
  assert.deepEqual(talk.all('lost'), [['too-slow']]);
  const [, text] = talk.all('answered')[0]!;
  assert.ok(text !== '' && long.startsWith(text) && text !== long);
});

test('a model that never begins to answer is told as lost', async (t) => {
  const clock = manualClock(0);
  const { talk } = await call(t, { faults: [{ at: 'turn', deed: { do: 'hang' } }] }, { clock });
  talk.say('hello');
  await until('the end of the turn', () => talk.count('callerEnded') === 1);
  clock.advance(7_999);
  assert.equal(talk.count('lost'), 0);
  clock.advance(1);
  assert.deepEqual(talk.all('lost'), [['too-slow']]);
});

test('silence on both sides is no loss, however long', async (t) => {
  const clock = manualClock(0);
  const { talk } = await call(t, {}, { clock });
  talk.say('hello');
  await until('the whole turn', () => talk.count('used') === 2);
  clock.advance(50 * 60_000);
  assert.equal(talk.count('lost'), 0);
});

test('after close nothing is told, and the vendor sees the connection end', async (t) => {
  const { talk, vendor } = await call(t, { pace: 4, script: () => ({ say: long }) });
  talk.say('go');
  await until('audio', () => talk.count('audio') > 3);
  talk.session.close();
  const before = talk.told.length;
  await until('the end', () => !vendor.isOpen());
  talk.session.keyed('1');
  talk.session.close();
  assert.equal(talk.told.length, before);
});
