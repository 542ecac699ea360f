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

test('the last words of a turn that is understood do not become a turn of the next session', () => {
  const call = begun();
  says(call, 'Are you open?');
  const at = call.caller.sent.length;
  call.caller.isSilent(60);
  call.session.tell.lost('dropped');
  call.caller.isSilent(500);
  assert.deepEqual(call.sessions[1]?.heard[0], call.caller.sent[at]);
});
