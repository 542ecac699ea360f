import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Happening } from '../desk.ts';
import { begun, giveAnswer as answer, liveScene, voice, type Scene } from '../../../test/live-scene.ts';
import { silentFrame } from './audio.ts';
import type { Tap } from './tap.ts';

const b64 = (bytes: Buffer) => bytes.toString('base64');

function played({ carrier }: Scene): Buffer {
  const heard = carrier.frames.filter(({ isCleared }) => !isCleared);
  return Buffer.concat(heard.map(({ payload }) => Buffer.from(payload, 'base64')));
}

function last(told: readonly Happening[], type: Happening['type']): Happening | undefined {
  return told.findLast((one) => one.type === type);
}

test('a turn: the caller is heard, the answer is played and told, and its times are taken', () => {
  const { call, caller, carrier, told, clock, session } = begun();
  assert.deepEqual(session.heard, caller.sent.slice(0, session.heard.length));
  const { tell } = session;
  caller.speaks(100);
  tell.callerBegan(520);
  caller.speaks(900);
  caller.isSilent(500);
  tell.callerEnded(1_500);
  caller.isSilent(300);
  tell.answering('a1');
  const audio = voice(1, 0, 1_000);
  tell.audio('a1', b64(audio.subarray(0, 3_000)));
  tell.heard('Are you open?');
  tell.audio('a1', b64(audio.subarray(3_000)));
  tell.answered('a1', 'Yes, until five.', true);
  tell.rests();
  caller.isSilent(1_500);
  assert.deepEqual(Buffer.concat(carrier.frames.map(({ payload }) => Buffer.from(payload, 'base64'))), audio);
  assert.ok(carrier.mostAheadMs <= 400);
  assert.deepEqual(told, [
    { type: 'opened' },
    { type: 'heard', text: 'Are you open?' },
    { type: 'spoke', text: 'Yes, until five.' },
    { type: 'turn', times: { endpointMs: 520, modelMs: 820, sentMs: 820, heardMs: 840 } },
    { type: 'played', text: 'Yes, until five.' },
  ]);
  caller.stops();
  clock.advance(20);
  assert.deepEqual(told.at(-1), { type: 'closed', how: 'stopped' });
  assert.equal(session.isClosed, true);
  assert.equal(call.stats().framesIn, caller.sent.length);
});

test('a caller who speaks over an answer is not talked over for another moment, and what they heard of it is known', () => {
  const { caller, carrier, told, clock, session } = begun();
  answer(session, 'a1', 3_000, 'We are open from nine in the morning until five in the afternoon.');
  caller.isSilent(1_000);
  const before = carrier.frames.length;
  session.tell.callerBegan(1_500);
  assert.deepEqual(carrier.clears, [clock.now()], 'in the same turn of the event loop');
  assert.deepEqual(session.cuts, [['a1', 1_000]]);
  assert.deepEqual(last(told, 'interrupted'), { type: 'interrupted', heard: 'We are open from nine' });
  session.tell.audio('a1', b64(voice(1, 3_000, 200)));
  caller.speaks(1_000);
  assert.equal(carrier.frames.length, before, 'nothing of a cut answer is sent any more');
  assert.equal(last(told, 'played'), undefined, 'marks that come back after the cut mean nothing');
});

test('answers that were waiting behind the one that is cut are cut as well, and heard by nobody', () => {
  const { caller, told, session } = begun();
  answer(session, 'a1', 600, 'One moment.');
  answer(session, 'a2', 2_000, 'Tuesday at ten is free.');
  session.tell.answering('a3');
  caller.isSilent(300);
  session.tell.callerBegan(800);
  session.tell.answered('a3', 'Wednesday', false);
  assert.deepEqual(session.cuts, [
    ['a1', 300],
    ['a2', 0],
    ['a3', 0],
  ]);
  assert.deepEqual(told.slice(1), [
    { type: 'spoke', text: 'One moment.' },
    { type: 'interrupted', heard: 'One' },
    { type: 'spoke', text: 'Tuesday at ten is free.' },
    { type: 'interrupted', heard: '' },
    { type: 'spoke', text: 'Wednesday' },
    { type: 'interrupted', heard: '' },
  ]);
});

test('an answer that was heard to its end is not cut by what the caller says after it', () => {
  const { caller, carrier, told, session } = begun();
  answer(session, 'a1', 1_000, 'Goodbye.');
  caller.isSilent(1_500);
  session.tell.callerBegan(2_000);
  assert.deepEqual(session.cuts, []);
  assert.deepEqual(carrier.clears, []);
  assert.deepEqual(told.at(-1), { type: 'played', text: 'Goodbye.' });
});

test('what the caller says before the model listens is heard by it, the last three seconds of it', () => {
  const soon = liveScene({ opened: (session, _count, clock) => void clock.after(1_000, () => session.tell.ready()) });
  soon.caller.speaks(2_000);
  assert.deepEqual(soon.sessions[0]?.heard, soon.caller.sent);
  const late = liveScene({
    opened(session, count, clock) {
      if (count === 2) clock.after(1_300, () => session.tell.ready());
    },
  });
  late.caller.speaks(4_000);
  const [first, second] = late.sessions;
  assert.equal(first?.isClosed, true, 'it took too long');
  const readyAt = (second!.openedAt + 1_300 - 1_000_000) / 20;
  assert.deepEqual(second?.heard, late.caller.sent.slice(readyAt - 150));
  assert.equal(late.call.stats().dropped, readyAt - 150);
});

test('words that a model took with it before it said that someone spoke are told to the next one, from their beginning', () => {
  const { caller, session, sessions } = begun();
  caller.isSilent(2_000);
  const from = caller.sent.length;
  caller.speaks(1_500);
  session.tell.used({ inputTokens: 1, outputTokens: 0, audioSeconds: 0 });
  caller.speaks(500);
  session.tell.lost('dropped');
  caller.isSilent(500);
  assert.ok(caller.sent.slice(from).every((payload) => sessions[1]?.heard.includes(payload)));
});

test('lost frames become silence, and a stream without frames is given up', () => {
  const { caller, carrier, session, told, call, clock } = begun();
  const before = session.heard.length;
  caller.loses(400);
  caller.isSilent(20);
  assert.deepEqual(session.heard.slice(before, -1), Array(20).fill(silentFrame));
  assert.equal(session.heard.at(-1), caller.sent.at(-1));
  assert.equal(call.stats().filled, 20);
  caller.stalls(19_900);
  assert.equal(carrier.closedWith, undefined);
  assert.ok(session.heard.length * 20 >= clock.now() - 1_000_000 - 400, 'the model hears silence in real time');
  caller.stalls(300);
  assert.equal(carrier.closedWith, 1000);
  assert.deepEqual(told.at(-1), { type: 'closed', how: 'dropped' });
});

test('digits are told when they are complete, interrupt like words, and reach the model unless they are a card number', () => {
  const { caller, carrier, session, told } = begun();
  answer(session, 'a1', 3_000, 'Please key the number of your booking.');
  caller.isSilent(500);
  caller.presses('12');
  assert.equal(carrier.clears.length, 1);
  caller.isSilent(1_000);
  caller.presses('3');
  caller.isSilent(2_400);
  assert.equal(session.keys.length, 0);
  caller.isSilent(200);
  assert.deepEqual(session.keys, ['123']);
  answer(session, 'a2', 200, 'Thank you.');
  caller.presses('4111111111111111#');
  assert.deepEqual(last(told, 'keyed'), { type: 'keyed', digits: '4111111111111111' });
  assert.deepEqual(session.keys, ['123']);
  assert.match(session.prompts.at(-1) ?? '', /payment card/);
  answer(session, 'a3', 200, 'I cannot take cards.');
  for (const part of ['4111#', '1111#', '1111#', '1111#']) {
    caller.presses(part);
    answer(session, `b${session.keys.length}`, 20, 'Yes.');
  }
  assert.deepEqual(session.keys, ['123', '4111', '1111', '1111'], 'the run that completes a card number is kept back');
  caller.presses('0'.repeat(40));
  assert.equal(session.keys.at(-1)?.length, 32);
});

test('a caller who says nothing is noticed once, and again after the next words', () => {
  const { caller, session, told } = begun();
  const quiets = () => told.filter(({ type }) => type === 'quiet').length;
  answer(session, 'a1', 1_000, 'How can I help?');
  caller.isSilent(8_800);
  assert.equal(quiets(), 0);
  caller.isSilent(300);
  assert.equal(quiets(), 1);
  caller.isSilent(20_000);
  assert.equal(quiets(), 1);
  answer(session, 'a2', 1_000, 'Are you there?');
  caller.isSilent(9_200);
  assert.equal(quiets(), 2);
  session.tell.callerBegan(1_000);
  caller.speaks(10_000);
  assert.equal(quiets(), 2, 'a caller who speaks is not silent');
});

test('who leaves lets the last words be heard, tells it, and closes', () => {
  const { call, caller, carrier, session, told, clock } = begun();
  answer(session, 'a1', 2_000, 'Goodbye.');
  call.order({ do: 'leave' });
  caller.isSilent(500);
  session.tell.callerBegan(900);
  caller.isSilent(1_300);
  assert.equal(carrier.closedWith, undefined);
  caller.isSilent(400);
  assert.deepEqual(told.slice(-4), [
    { type: 'spoke', text: 'Goodbye.' },
    { type: 'played', text: 'Goodbye.' },
    { type: 'drained' },
    { type: 'closed', how: 'asked' },
  ]);
  assert.equal(carrier.closedWith, 1000);
  assert.equal(carrier.clears.length, 0, 'a goodbye is not talked out of being heard');
  assert.ok(carrier.closedAt! - clock.now() <= 0);
});

test('who leaves waits for words that were ordered before, but not for ever', () => {
  const waiting = begun();
  waiting.call.order({ do: 'prompt', instruction: 'Say goodbye.' });
  waiting.call.order({ do: 'leave' });
  waiting.caller.isSilent(500);
  answer(waiting.session, 'a1', 1_000, 'Goodbye.');
  waiting.caller.isSilent(1_500);
  assert.deepEqual(waiting.told.slice(-2), [{ type: 'drained' }, { type: 'closed', how: 'asked' }]);
  assert.equal(played(waiting).length, 8_000);
  const endless = begun();
  endless.session.tell.answering('a1');
  endless.call.order({ do: 'leave' });
  for (let second = 0; second < 16; second += 1) {
    endless.session.tell.audio('a1', b64(voice(1, second * 1_000, 1_000)));
    endless.caller.isSilent(1_000);
  }
  assert.equal(endless.carrier.closedWith, 1000);
  assert.ok(endless.carrier.closedAt! - 1_000_500 <= 15_200);
});

test('a result reaches the session that asked, once; after a reconnect it becomes part of what was done', () => {
  const { call, caller, session, sessions, told } = begun();
  session.tell.asks({ callId: 't1', tool: 'find-slot', input: { day: 'Tuesday' } });
  assert.deepEqual(told.at(-1), { type: 'asks', callId: 't1', tool: 'find-slot', input: '{"day":"Tuesday"}' });
  call.order({ do: 'result', callId: 't1', result: { ok: true, value: {} } });
  call.order({ do: 'result', callId: 't1', result: { ok: true, value: {} } });
  call.order({ do: 'result', callId: 't9', result: { ok: true, value: {} } });
  assert.equal(session.results.length, 1);
  answer(session, 'a1', 100, 'Ten is free.');
  session.tell.asks({ callId: 't2', tool: 'book', input: {} });
  session.tell.lost('dropped');
  caller.isSilent(500);
  const second = sessions[1]!;
  assert.deepEqual(second.prompts, [], 'the desk is still at it');
  call.order({ do: 'result', callId: 't2', result: { ok: false, why: 'taken' } });
  assert.deepEqual(second.results, []);
  assert.match(second.prompts[0] ?? '', /"why":"taken"/);
  second.tell.lost('dropped');
  caller.isSilent(500);
  assert.deepEqual(
    sessions[2]?.plan.history.map((one) => (one.by === 'tool' ? one.callId : one.text)),
    ['t1', 'Ten is free.', 't2'],
  );
});

test('a tool of which the desk says nothing does not hold up the model for ever', () => {
  const { caller, session } = begun();
  session.tell.asks({ callId: 't1', tool: 'find-slot', input: {} });
  caller.isSilent(19_000);
  assert.equal(session.results.length, 0);
  caller.isSilent(1_300);
  assert.deepEqual(session.results, [['t1', { ok: false, why: 'unavailable' }]]);
});

test('a session is renewed before its time is over, at a quiet moment and without a sound', () => {
  const scene = begun({ sessionMs: 60_000 });
  const { caller, session, sessions, carrier } = scene;
  answer(session, 'a1', 500, 'How can I help?');
  caller.isSilent(48_000);
  session.tell.callerBegan(48_500);
  caller.speaks(4_000);
  assert.equal(sessions.length, 1, 'not while somebody speaks');
  session.tell.callerEnded(52_500);
  session.tell.heard('Nothing yet.');
  answer(session, 'a2', 500, 'Take your time.');
  caller.isSilent(3_000);
  assert.equal(sessions.length, 2);
  assert.equal(session.isClosed, true);
  assert.deepEqual(
    sessions[1]?.plan.history.map((one) => one.by !== 'tool' && one.text),
    ['How can I help?', 'Nothing yet.', 'Take your time.'],
  );
  const heard = sessions.at(-1)!.heard.length;
  caller.isSilent(1_000);
  assert.equal(sessions.at(-1)!.heard.length, heard + 50);
  assert.equal(carrier.frames.length, 50, 'two answers of 500 ms and nothing else');
  assert.equal(scene.call.stats().reconnects, 0);
});

test('a session that was to follow and missed something is not used', () => {
  const scene = begun({
    sessionMs: 60_000,
    opened: (session, count, clock) => void clock.after(count === 1 ? 300 : 1_000, () => session.tell.ready()),
  });
  scene.caller.isSilent(50_300);
  const [first, spare] = scene.sessions;
  assert.ok(spare);
  first!.tell.callerBegan(50_000);
  scene.caller.speaks(1_500);
  assert.equal(spare.isClosed, true);
  assert.equal(first!.isClosed, false);
  assert.deepEqual(first!.heard.at(-1), scene.caller.sent.at(-1));
});

test('a tap is told both sides at their time, what was cut, the keys, the announcement and where a card number was said', () => {
  const told: (readonly [string, number, number?])[] = [];
  const tap: Tap = {
    caller: (_payload, atMs) => void told.push(['caller', atMs]),
    agent: (_payload, atMs) => void told.push(['agent', atMs]),
    agentCut: (fromMs) => void told.push(['cut', fromMs]),
    announced: (atMs) => void told.push(['announced', atMs]),
    digits: (atMs) => void told.push(['digits', atMs]),
    blank: (fromMs, toMs) => void told.push(['blank', fromMs, toMs]),
  };
  const of = (what: string) => told.filter(([one]) => one === what);
  const { caller, session } = begun({ tap, announce: 'This call is recorded.' });
  answer(session, 'a1', 200, 'Hello! This call is recorded. How can I help?');
  assert.deepEqual(of('announced'), []);
  caller.isSilent(300);
  assert.deepEqual(
    of('agent').map(([, atMs]) => atMs),
    Array.from({ length: 10 }, (_, at) => 500 + at * 20),
  );
  assert.equal(of('announced').length, 1);
  caller.loses(100);
  caller.isSilent(100);
  assert.deepEqual(
    of('caller').map(([, atMs]) => atMs),
    [...Array.from({ length: 40 }, (_, at) => at * 20), ...Array.from({ length: 5 }, (_, at) => 900 + at * 20)],
  );
  session.tell.callerBegan(1_000);
  caller.speaks(2_000);
  session.tell.callerEnded(3_000);
  session.tell.heard('It is 4111 1111 1111 1111.');
  assert.deepEqual(of('blank'), [['blank', 980, 3_000]]);
  caller.presses('1');
  assert.deepEqual(of('digits'), [['digits', 3_000]]);
});

test('messages that are none are passed over, and end the stream when there is nothing else', () => {
  const { caller, carrier, call } = begun();
  for (let count = 0; count < 50; count += 1) caller.messes();
  assert.equal(carrier.closedWith, undefined);
  assert.equal(call.stats().malformed, 50);
  caller.messes();
  assert.equal(carrier.closedWith, 1000);
});

test('what goes wrong in our own hands ends this call alone, and is logged without a word of it', () => {
  const { caller, carrier, session, errors, clock, told } = begun();
  carrier.fails = true;
  answer(session, 'a1', 200, 'Hello.');
  caller.isSilent(100);
  clock.advance(20);
  assert.equal(carrier.closedWith, 1011);
  assert.deepEqual(told.at(-1), { type: 'closed', how: 'dropped' });
  assert.match(JSON.stringify(errors), /error\.internal/);
  assert.doesNotMatch(JSON.stringify(errors), /Miller/);
});
