import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, giveAnswer, voice } from '../../../test/live-scene.ts';

type Call = ReturnType<typeof begun>;

const order = { do: 'result', callId: 't1', result: { ok: true, value: {} } } as const;

/** The caller says something, and is understood at once unless `words` is undefined. */
function says({ session, caller }: Call, words: string | undefined): void {
  caller.speaks(600);
  session.tell.callerBegan(500);
  session.tell.callerEnded(1_100);
  if (words !== undefined) session.tell.heard(words);
}

function beginsAnswer({ session, caller }: Call, name: string): void {
  session.tell.answering(name);
  session.tell.audio(name, voice(1, 0, 600).toString('base64'));
  caller.isSilent(200);
}

function usesTool({ session }: Call): void {
  giveAnswer(session, 'a1', 400, 'Let me write that down.');
  session.tell.asks({ callId: 't1', tool: 'take-message', input: {} });
}

/** What came before the model was lost for good, and what the caller waits for then. */
const cases: readonly (readonly [say: string, before: (call: Call) => void, waiting: string])[] = [
  ['nothing was said', () => {}, 'nothing'],
  ['a question', (call) => says(call, 'Are you open?'), 'words'],
  ['a question that nobody had understood', (call) => says(call, undefined), 'nothing'],
  [
    'half an answer',
    (call) => {
      says(call, 'Are you open?');
      beginsAnswer(call, 'a1');
    },
    'words',
  ],
  [
    'an answer',
    (call) => {
      says(call, 'Are you open?');
      giveAnswer(call.session, 'a1', 400, 'Until five.');
    },
    'nothing',
  ],
  [
    'a tool that runs',
    (call) => {
      says(call, 'Take a message.');
      usesTool(call);
    },
    'result',
  ],
  [
    'a tool that has run for words that came never',
    (call) => {
      says(call, undefined);
      usesTool(call);
      call.call.order(order);
    },
    'result',
  ],
  [
    'half of what came of a tool',
    (call) => {
      says(call, 'Take a message.');
      usesTool(call);
      call.call.order(order);
      call.caller.isSilent(600);
      beginsAnswer(call, 'a2');
    },
    'result',
  ],
  [
    'what came of a tool',
    (call) => {
      says(call, 'Take a message.');
      usesTool(call);
      call.call.order(order);
      giveAnswer(call.session, 'a2', 400, 'I noted it.');
    },
    'nothing',
  ],
  [
    'a question after what came of a tool',
    (call) => {
      says(call, 'Take a message.');
      usesTool(call);
      call.call.order(order);
      giveAnswer(call.session, 'a2', 400, 'I noted it.');
      call.caller.isSilent(1_500);
      says(call, 'Are you open?');
    },
    'words',
  ],
];

for (const [say, before, waiting] of cases) {
  test(`a model is lost for good after ${say}: the desk is told what the caller waits for`, () => {
    const call = begun();
    before(call);
    call.session.tell.lost('quota');
    call.caller.isSilent(2_000);
    assert.deepEqual(
      call.told.find(({ type }) => type === 'model-lost'),
      { type: 'model-lost', why: 'quota', waiting },
    );
  });
}

test('what a model has acted on is not heard again by the next one, also when its words never came', () => {
  const call = begun();
  says(call, undefined);
  usesTool(call);
  call.call.order(order);
  call.caller.isSilent(1_000);
  const at = call.caller.sent.length;
  call.session.tell.lost('dropped');
  call.caller.isSilent(500);
  const second = call.sessions[1]!;
  assert.deepEqual(second.heard[0], call.caller.sent[at - 25]);
  assert.ok(second.plan.history.some(({ by }) => by === 'tool'));
});

test('a session is lost between an answer and the tool that it announced: the next one goes on', () => {
  for (const isResting of [false, true]) {
    const call = begun();
    const { session, caller } = call;
    says(call, 'Take a message.');
    session.tell.answering('a1');
    session.tell.audio('a1', voice(1, 0, 400).toString('base64'));
    session.tell.answered('a1', 'Let me write that down.', true);
    if (isResting) session.tell.rests();
    caller.isSilent(200);
    session.tell.lost('dropped');
    caller.isSilent(1_000);
    assert.equal(call.sessions[1]?.prompts.length, isResting ? 0 : 1);
  }
});

test('a model that falls silent between an answer and its tool is missed: the caller hears a tone, and another goes on', () => {
  const call = begun();
  const { session, caller, carrier, clock } = call;
  says(call, 'Take a message.');
  session.tell.answering('a1');
  session.tell.audio('a1', voice(1, 0, 400).toString('base64'));
  session.tell.answered('a1', 'Let me write that down.', true);
  session.isThere = false;
  caller.isSilent(400);
  const saidAt = clock.now();
  caller.isSilent(2_600);
  const tone = carrier.frames.find(({ at }) => at > saidAt + 100);
  assert.ok(tone && tone.at - saidAt < 2_000);
  assert.match(call.sessions[1]?.prompts[0] ?? '', /go on from there/);
});

test('a model that only took its time to say that this was all is owed nothing any more', () => {
  const call = begun();
  const { session, caller, carrier } = call;
  session.tell.answering('a1');
  session.tell.audio('a1', voice(1, 0, 400).toString('base64'));
  session.tell.answered('a1', 'Good morning.', true);
  caller.isSilent(1_000);
  session.tell.rests();
  caller.isSilent(5_000);
  assert.equal(carrier.frames.length, 20, 'no tone');
  assert.deepEqual([call.sessions.length, session.probes], [1, 0]);
});

test('the last words of a turn that is understood do not become a turn of the next session', () => {
  const call = begun();
  says(call, 'Are you open?');
  const at = call.caller.sent.length;
  call.caller.isSilent(60);
  call.session.tell.lost('dropped');
  call.caller.isSilent(500);
  assert.deepEqual(call.sessions[1]?.heard[0], call.caller.sent[at]);
});
