import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#base';
import type { SpeechLoss } from '../../../speech.ts';
import type { Fault, Deed } from '../../../../../../test/stand-in-model/stand-in.ts';
import { openTalk, standInFor, until, type TalkOptions } from '../../../../../../test/stand-in-model/talk.ts';
import openai from '../index.ts';
import { mostGarbage, setupMs } from '../speech/session.ts';

const refuse = (status: number): Fault => ({ at: 'handshake', deed: { do: 'refuse', status } });
const error = (at: Fault['at'], code: string, type?: string): Fault => ({
  at,
  deed: { do: 'error', code, ...(type !== undefined && { type }) },
});
const garbage: Deed = { do: 'garbage', messages: Array<string>(mostGarbage + 1).fill('<html>') };

/** What goes wrong, and what is told of it. */
const losses: readonly (readonly [say: string, fault: Fault, why: SpeechLoss])[] = [
  ['a handshake refused for the key', refuse(401), 'key-refused'],
  ['a handshake refused for what the key may not do', refuse(403), 'key-refused'],
  ['a handshake refused for a model that does not exist', refuse(404), 'refused'],
  ['a handshake refused for too many requests', refuse(429), 'quota'],
  ['a vendor that is out of order', refuse(503), 'failed'],
  ['a handshake that breaks off', { at: 'handshake', deed: { do: 'drop' } }, 'unreachable'],
  ['a connection that breaks before it is set up', { at: 'setup', deed: { do: 'drop' } }, 'dropped'],
  ['a key that is refused after the handshake', error('setup', 'invalid_api_key'), 'key-refused'],
  ['an account without money', error('setup', 'insufficient_quota'), 'quota'],
  ['a connection that breaks while the caller speaks', { at: 'caller-begins', deed: { do: 'drop' } }, 'dropped'],
  ['a connection that breaks before the answer', { at: 'turn', deed: { do: 'drop' } }, 'dropped'],
  ['a connection that breaks within the answer', { at: 'mid-answer', deed: { do: 'drop' } }, 'dropped'],
  ['a connection that breaks after the answer', { at: 'answered', deed: { do: 'drop' } }, 'dropped'],
  ['a connection that the vendor closes', { at: 'mid-answer', deed: { do: 'close', code: 1011 } }, 'dropped'],
  ['nothing but garbage', { at: 'turn', deed: garbage }, 'garbage'],
  ['an account that runs out of money', error('turn', 'insufficient_quota'), 'quota'],
  ['a key that is revoked', error('turn', 'invalid_api_key'), 'key-refused'],
  ['a key that is revoked, in other words', error('turn', 'something', 'authentication_error'), 'key-refused'],
  ['a session that has lasted too long', error('turn', 'session_expired'), 'expired'],
  ['a vendor that breaks', error('turn', 'nothing_known', 'server_error'), 'failed'],
  ['an answer that fails', { at: 'answer', deed: { do: 'fail', code: 'nobody_knows' } }, 'failed'],
  [
    'an answer that fails for want of money',
    { at: 'answer', deed: { do: 'fail', code: 'insufficient_quota' } },
    'quota',
  ],
  ['an answer that fails half-way', { at: 'mid-answer', deed: { do: 'fail', code: 'server_error' } }, 'failed'],
  ['an answer that fails for the key', { at: 'answer', deed: { do: 'fail', code: 'invalid_api_key' } }, 'key-refused'],
];

for (const [say, fault, why] of losses) {
  test(`${say} is told once, as ${why}, and nothing after it`, async (t) => {
    const standIn = await standInFor(t, { faults: [fault] });
    const talk = openTalk(t, openai.speech, standIn);
    await until('ready or lost', () => talk.count('ready') + talk.count('lost') > 0);
    talk.say('hello');
    await until('loss', () => talk.count('lost') > 0);
    await until('the end', () => standIn.sessions.every((session) => !session.isOpen()));
    assert.deepEqual(talk.all('lost'), [[why]]);
    assert.equal(talk.told.at(-1)?.what, 'lost');
    assert.equal(talk.count('answering'), talk.count('answered'), 'what was said of an answer is told');
  });
}

test('an answer that breaks off is told as not whole, whatever broke it; one before it is whole', async (t) => {
  for (const deed of [{ do: 'drop' }, { do: 'fail', code: 'server_error' }] as const) {
    const standIn = await standInFor(t, { faults: [{ at: 'mid-answer', deed, after: 1 }] });
    const talk = openTalk(t, openai.speech, standIn);
    await until('ready', () => talk.count('ready') === 1);
    talk.say('hello');
    await until('answer', () => talk.count('answered') === 1);
    talk.say('tell me a story');
    await until('loss', () => talk.count('lost') === 1);
    assert.deepEqual(
      talk.all('answered').map(([, , isWhole]) => isWhole),
      [true, false],
    );
    assert.equal(talk.count('rests'), 1, 'of what broke off there might have been more');
  }
});

const slow: readonly (readonly [say: string, fault: Fault])[] = [
  ['a vendor that never answers the handshake', { at: 'handshake', deed: { do: 'hang' } }],
  ['a session that is never set up', { at: 'setup', deed: { do: 'hang' } }],
];

for (const [say, fault] of slow) {
  test(`${say} is told as too slow after five seconds`, async (t) => {
    const clock = manualClock(0);
    const standIn = await standInFor(t, { faults: [fault] });
    const talk = openTalk(t, openai.speech, standIn, { clock });
    const isUnderWay = () => standIn.sessions.length > 0 || standIn.handshakes() > 0;
    await until('it is under way', isUnderWay);
    clock.advance(setupMs - 1);
    assert.equal(talk.count('lost'), 0);
    clock.advance(1);
    assert.deepEqual(talk.all('lost'), [['too-slow']]);
    clock.advance(60_000);
    assert.equal(talk.told.length, 1);
  });
}

test('a session that is closed while it is being set up tells nothing and leaves nothing open', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech, standIn);
  talk.session.close();
  await until('the end', () => standIn.handshakes() === 1 && standIn.sessions.every((session) => !session.isOpen()));
  assert.deepEqual(talk.told, []);
});

test('a vendor that is not there is unreachable', async (t) => {
  const standIn = await standInFor(t);
  await standIn.close();
  const talk = openTalk(t, openai.speech, standIn);
  await until('loss', () => talk.count('lost') > 0);
  assert.deepEqual(
    talk.told.map(({ what, with: given }) => [what, ...given]),
    [['lost', 'unreachable']],
  );
});

test('a wrong key is told as that, over a real handshake', async (t) => {
  const standIn = await standInFor(t);
  const talk = openTalk(t, openai.speech, standIn, { key: 'sk-wrong' });
  await until('loss', () => talk.count('lost') > 0);
  assert.deepEqual(talk.all('lost'), [['key-refused']]);
  assert.deepEqual(standIn.refused, [401]);
});

test('a host that is not listed is not dialled', async (t) => {
  const standIn = await standInFor(t);
  const elsewhere = standIn.url.replace('127.0.0.1', 'localhost');
  const options: TalkOptions = { baseUrl: elsewhere };
  const talk = openTalk(t, openai.speech, standIn, options);
  await until('loss', () => talk.count('lost') > 0);
  assert.deepEqual(talk.all('lost'), [['refused']]);
  assert.equal(standIn.handshakes(), 0);
});

test('errors that do not matter are passed over, and logged by their word alone', async (t) => {
  const faults = [error('turn', 'response_cancel_not_active'), error('turn', 'their secret +15005550006', 'x')];
  const standIn = await standInFor(t, { faults });
  const talk = openTalk(t, openai.speech, standIn);
  await until('ready', () => talk.count('ready') === 1);
  for (const words of ['one', 'two']) {
    talk.say(words);
    await until('answer', () => talk.heardFrom().includes(`You said: ${words}`) && talk.count('heard') > 0);
  }
  assert.equal(talk.count('lost'), 0);
  assert.deepEqual(
    talk.logged.filter(({ event }) => event === 'model.error').map(({ fields }) => fields),
    [
      { vendor: 'openai', code: 'response_cancel_not_active' },
      { vendor: 'openai', code: 'other' },
    ],
  );
});

test('garbage now and then is passed over', async (t) => {
  const messages = Array<string>(mostGarbage).fill('{"type":"response.created","response":7}');
  const standIn = await standInFor(t, { faults: [{ at: 'turn', deed: { do: 'garbage', messages } }] });
  const talk = openTalk(t, openai.speech, standIn);
  await until('ready', () => talk.count('ready') === 1);
  talk.say('hello');
  await until('answer', () => talk.count('answered') === 1);
  assert.equal(talk.count('lost'), 0);
});
