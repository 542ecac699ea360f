import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, giveAnswer, liveScene, voice } from '../../../test/live-scene.ts';

test('an answer that breaks off is gone on with by the next session, which knows how far it came', () => {
  const { caller, session, sessions, told, carrier } = begun();
  session.tell.answering('a1');
  session.tell.audio('a1', voice(1, 0, 1_000).toString('base64'));
  session.tell.answered('a1', 'We are open from', false);
  session.tell.lost('dropped');
  caller.isSilent(400);
  const second = sessions[1]!;
  assert.deepEqual(second.plan.history, [{ by: 'agent', text: 'We are open from' }]);
  assert.match(second.prompts[0] ?? '', /go on from there/);
  giveAnswer(second, 'a2', 500, 'nine to five.');
  caller.isSilent(1_500);
  assert.equal(carrier.frames.filter(({ isCleared }) => !isCleared).length, 75, 'both parts, without a tone between');
  assert.deepEqual(told.slice(1), [
    { type: 'spoke', text: 'We are open from' },
    { type: 'played', text: 'We are open from' },
    { type: 'spoke', text: 'nine to five.' },
    { type: 'played', text: 'nine to five.' },
  ]);
});

test('an answer breaks off shortly before its session does: it is gone on with, and no more is told as heard than was', () => {
  const { caller, session, sessions, told } = begun();
  session.tell.answering('a1');
  session.tell.audio('a1', voice(1, 0, 500).toString('base64'));
  session.tell.answered('a1', 'We are open from nine to five.', false);
  caller.isSilent(40);
  session.tell.lost('dropped');
  caller.isSilent(1_000);
  assert.match(sessions[1]!.prompts[0] ?? '', /go on from there/);
  assert.deepEqual(told.slice(1), [
    { type: 'spoke', text: 'We are open from nine to five.' },
    { type: 'interrupted', heard: 'We are' },
  ]);
});

test('an answer that was complete is not gone on with, however soon after it the session is lost', () => {
  const { caller, session, sessions } = begun();
  giveAnswer(session, 'a1', 500, 'Until five.');
  session.tell.lost('dropped');
  caller.isSilent(1_000);
  assert.deepEqual(sessions[1]?.prompts, []);
});

test('an answer that the caller spoke over is not gone on with when its session is lost', () => {
  const { caller, session, sessions } = begun();
  session.tell.answering('a1');
  session.tell.audio('a1', voice(1, 0, 2_000).toString('base64'));
  caller.isSilent(500);
  session.tell.callerBegan(1_000);
  session.tell.answered('a1', 'We are open from nine', false);
  session.tell.callerEnded(1_300);
  session.tell.heard('Thank you.');
  giveAnswer(session, 'a2', 200, 'You are welcome.');
  session.tell.lost('dropped');
  caller.isSilent(1_000);
  assert.deepEqual(sessions[1]?.prompts, []);
});

test('what the caller says while there is no session is heard by the next one, and a little of what was before', () => {
  const { caller, session, sessions } = begun();
  caller.isSilent(1_000);
  const at = caller.sent.length;
  session.tell.lost('dropped');
  caller.speaks(600);
  assert.deepEqual(sessions[1]?.heard, caller.sent.slice(at - 25));
});

test('what was understood or answered is not heard again by the next session', () => {
  const understood = begun();
  understood.session.tell.callerBegan(100);
  understood.session.tell.callerEnded(400);
  understood.session.tell.heard('Hello?');
  giveAnswer(understood.session, 'a1', 200, 'Hello!');
  const answered = begun();
  answered.session.tell.callerBegan(100);
  answered.session.tell.callerEnded(400);
  giveAnswer(answered.session, 'a1', 200, 'Hello!');
  for (const { caller, session, sessions } of [understood, answered]) {
    caller.isSilent(1_000);
    const at = caller.sent.length;
    session.tell.lost('dropped');
    caller.isSilent(500);
    assert.deepEqual(sessions[1]?.heard, caller.sent.slice(at - 25));
    assert.deepEqual(sessions[1]?.prompts, [], 'nothing is owed');
  }
});

test('what was understood and not answered is not heard again but asked for', () => {
  const { caller, session, sessions } = begun();
  caller.speaks(500);
  session.tell.callerBegan(500);
  session.tell.callerEnded(1_000);
  session.tell.heard('Are you open?');
  caller.isSilent(600);
  const at = caller.sent.length;
  session.tell.lost('dropped');
  caller.isSilent(400);
  const second = sessions[1]!;
  assert.deepEqual(second.heard[0], caller.sent[at - 25]);
  assert.deepEqual(second.plan.history, [{ by: 'caller', text: 'Are you open?' }]);
  assert.match(second.prompts[0] ?? '', /answer what the caller said last/);
});

test('everything is told before a model is told as lost', () => {
  const { caller, session, told } = begun();
  session.tell.answering('a1');
  session.tell.audio('a1', voice(1, 0, 1_000).toString('base64'));
  caller.isSilent(200);
  session.tell.callerBegan(600);
  session.tell.lost('quota');
  caller.isSilent(200);
  assert.deepEqual(
    told.map(({ type }) => type),
    ['opened', 'interrupted', 'model-lost', 'closed'],
  );
});

test('words that went with a session leave no hole that later words would fall into', () => {
  const { caller, session, sessions, told } = begun();
  session.tell.callerBegan(100);
  session.tell.callerEnded(400);
  giveAnswer(session, 'a1', 200, 'Hello!');
  caller.isSilent(500);
  session.tell.lost('dropped');
  caller.isSilent(500);
  const second = sessions[1]!;
  second.tell.callerBegan(100);
  second.tell.callerEnded(400);
  second.tell.heard('Are you open?');
  second.tell.lost('dropped');
  caller.isSilent(500);
  assert.deepEqual(sessions[2]?.plan.history, [
    { by: 'agent', text: 'Hello!' },
    { by: 'caller', text: 'Are you open?' },
  ]);
  assert.deepEqual(
    told.flatMap((one) => (one.type === 'spoke' || one.type === 'heard' ? [one.text] : [])),
    ['Hello!', 'Are you open?'],
  );
});

test('a turn that a loss made longer is told with all of its time', () => {
  const { caller, session, sessions, told } = begun();
  caller.speaks(500);
  session.tell.callerBegan(500);
  session.tell.callerEnded(1_000);
  session.tell.heard('Hello?');
  caller.isSilent(500);
  session.tell.lost('dropped');
  caller.isSilent(1_000);
  giveAnswer(sessions[1]!, 'a1', 200, 'Hello!');
  caller.isSilent(200);
  const turn = told.find((one) => one.type === 'turn');
  assert.ok(turn?.type === 'turn');
  assert.ok(turn.times.modelMs >= 1_500 && turn.times.heardMs >= turn.times.sentMs, JSON.stringify(turn));
});

test('of two answers to a turn the first one counts', () => {
  const { caller, session, told } = begun();
  session.tell.callerBegan(100);
  session.tell.callerEnded(400);
  giveAnswer(session, 'a1', 600, 'One moment.');
  giveAnswer(session, 'a2', 600, 'Yes.');
  caller.isSilent(1_500);
  const turns = told.flatMap((one) => (one.type === 'turn' ? [one.times] : []));
  assert.equal(turns.length, 1);
  assert.ok(turns[0]!.heardMs < 250, 'the end of a turn until the first frame of its first answer');
});

test('a model that does not take what it is sent is replaced', () => {
  const { caller, session, sessions } = begun();
  session.backlogBytes = 300_000;
  caller.isSilent(4_000);
  assert.equal(sessions.length, 1);
  caller.isSilent(1_000);
  assert.equal(sessions.length, 2);
  assert.equal(session.isClosed, true);
});

test('a model that waits for two results is not blamed for waiting after the first', () => {
  const { call, caller, session, told } = begun();
  session.tell.asks({ callId: 't1', tool: 'find-slot', input: {} });
  session.tell.asks({ callId: 't2', tool: 'find-slot', input: {} });
  call.order({ do: 'result', callId: 't1', result: { ok: true, value: {} } });
  caller.isSilent(10_000);
  assert.ok(!told.some(({ type }) => type === 'model-lost'));
  call.order({ do: 'result', callId: 't2', result: { ok: true, value: {} } });
  assert.equal(session.results.length, 2);
  caller.isSilent(6_000);
  assert.ok(
    told.some(({ type }) => type === 'model-lost'),
    'now it owes an answer',
  );
});

test('keys that were pressed before the model listened are told to it when it does', () => {
  const scene = liveScene({ opened: (session, _count, clock) => void clock.after(1_500, () => session.tell.ready()) });
  scene.caller.isSilent(500);
  scene.caller.presses('12#');
  scene.caller.presses('4111111111111111#');
  assert.deepEqual(scene.sessions[0]?.keys, []);
  scene.caller.isSilent(1_200);
  assert.deepEqual(scene.sessions[0]?.keys, ['12']);
  assert.match(scene.sessions[0]?.prompts[0] ?? '', /payment card/);
});

test('a session that was to follow is closed with the call', () => {
  const scene = liveScene({
    sessionMs: 60_000,
    opened(session, count, clock) {
      if (count === 1) clock.after(300, () => session.tell.ready());
    },
  });
  scene.caller.isSilent(51_000);
  assert.equal(scene.sessions.length, 2);
  scene.caller.stops();
  assert.ok(scene.sessions.every(({ isClosed }) => isClosed));
});

test('a session is not renewed while the words of a turn are still to come, and one that missed a turn is not used', () => {
  const scene = liveScene({
    sessionMs: 60_000,
    opened: (session, count, clock) => void clock.after(count === 1 ? 300 : 5_000, () => session.tell.ready()),
  });
  scene.caller.isSilent(49_000);
  const first = scene.sessions[0]!;
  first.tell.callerBegan(48_000);
  first.tell.callerEnded(48_500);
  giveAnswer(first, 'a1', 200, 'Yes.');
  scene.caller.isSilent(5_000);
  assert.equal(scene.sessions.length, 1);
  first.tell.heard('Are you there?');
  scene.caller.isSilent(1_000);
  const spare = scene.sessions[1]!;
  first.tell.callerBegan(54_000);
  first.tell.callerEnded(54_500);
  first.tell.heard('Fine.');
  giveAnswer(first, 'a2', 200, 'Good.');
  scene.caller.isSilent(4_900);
  assert.equal(spare.isClosed, true, 'it does not know of the last turn');
  assert.equal(first.isClosed, false);
});

test('what is being said hides for a while that the model is gone, and is heard before the call goes on without it', () => {
  const scene = begun({
    opened: (session, count, clock) => void (count === 1 && clock.after(300, () => session.tell.ready())),
  });
  const { caller, session, told, carrier } = scene;
  session.tell.callerBegan(100);
  session.tell.callerEnded(400);
  giveAnswer(session, 'a1', 3_000, 'That is a long story.');
  caller.isSilent(20);
  session.tell.lost('dropped');
  caller.isSilent(6_000);
  assert.equal(carrier.closedWith, undefined, 'there was something to hear for three seconds, and four more are left');
  caller.isSilent(1_500);
  assert.equal(carrier.closedWith, 1000);
  assert.deepEqual(told.slice(1), [
    { type: 'turn', times: { endpointMs: 120, modelMs: 120, sentMs: 120, heardMs: 140 } },
    { type: 'spoke', text: 'That is a long story.' },
    { type: 'played', text: 'That is a long story.' },
    { type: 'model-lost', why: 'too-slow', waiting: 'nothing' },
    { type: 'closed', how: 'asked' },
  ]);
  const refused = begun();
  refused.session.tell.callerBegan(100);
  refused.session.tell.callerEnded(400);
  giveAnswer(refused.session, 'a1', 1_000, 'Yes.');
  refused.caller.isSilent(20);
  refused.session.tell.lost('quota');
  refused.caller.isSilent(1_500);
  assert.deepEqual(
    refused.told.map(({ type }) => type),
    ['opened', 'turn', 'spoke', 'played', 'model-lost', 'closed'],
  );
});

test('whoever leaves hears nothing that was not owed before', () => {
  const { call, caller, session, carrier } = begun();
  giveAnswer(session, 'a1', 1_000, 'Goodbye.');
  call.order({ do: 'leave' });
  giveAnswer(session, 'a2', 5_000, 'By the way …');
  assert.deepEqual(session.cuts, [['a2', 0]]);
  caller.isSilent(1_500);
  assert.equal(carrier.frames.length, 50);
  assert.equal(carrier.closedWith, 1000);
});
