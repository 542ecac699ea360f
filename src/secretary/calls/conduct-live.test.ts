import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { advance } from './conduct.ts';
import { ringing, type CallEvent, type Conversation, type LineEvent, type ToDo } from './conversation.ts';

const start = ringing({
  channel: 'live',
  language: 'en-US',
  opening: 'Thank you for calling. This is an AI assistant.',
  callerNumber: undefined,
  canTransfer: true,
  canPress: true,
  standIn: false,
});

type Played = { readonly call: Conversation; readonly done: readonly ToDo[] };

/** Plays what the line tells, numbered as it numbers. */
function play(events: readonly (CallEvent | LineEvent)[], from: Conversation = start): Played {
  let n = from.taken;
  return events.reduce<Played>(
    ({ call, done }, event) => {
      const [next, todos] = advance(call, isTold(event) ? { type: 'happened', n: (n += 1), event } : event);
      return { call: next, done: [...done, ...todos] };
    },
    { call: from, done: [] },
  );
}

const told = ['opened', 'heard', 'keyed', 'quiet', 'interrupted', 'played', 'spoke', 'asks', 'model-lost', 'told'];
const isTold = (event: CallEvent | LineEvent): event is LineEvent => told.includes(event.type);

const isShared = (event: LineEvent): event is LineEvent & CallEvent =>
  !['spoke', 'asks', 'model-lost', 'told'].includes(event.type);

const talking: readonly (CallEvent | LineEvent)[] = [{ type: 'answered' }, { type: 'opened' }];
const book: LineEvent = { type: 'asks', key: 'c1', use: { tool: 'book', input: {} } };
const kinds = (done: readonly ToDo[]) => done.map((todo) => todo.do);

test('the disclosure is heard when the stream starts, and only then does the model get to greet', () => {
  const rung = play([{ type: 'answered' }]);
  assert.deepEqual(kinds(rung.done), ['say', 'wait']);
  assert.equal(rung.call.connected, rung.call.turn);
  const { call, done } = play([{ type: 'opened' }], rung.call);
  assert.deepEqual(kinds(done), ['acknowledge', 'disclosed', 'prompt', 'wait']);
  assert.equal(call.phase, 'talking');
});

test('a transcript keeps what the model said apart from what was heard of it', () => {
  const { done } = play([
    ...talking,
    { type: 'heard', text: 'What does it cost?' },
    { type: 'spoke', text: 'A cleaning is 95 dollars. Shall I book one?' },
    { type: 'interrupted', heard: 'A cleaning is' },
  ]);
  const last = done.findLast((todo) => todo.do === 'acknowledge');
  assert.deepEqual(last, { do: 'acknowledge', seq: 2, heard: 'A cleaning is' });
});

test('a happening that is told twice happens once', () => {
  const { call } = play([...talking, { type: 'heard', text: 'Hello?' }]);
  const [again, todos] = advance(call, { type: 'happened', n: call.taken, event: { type: 'heard', text: 'Hello?' } });
  assert.deepEqual([again, todos], [call, []]);
});

test('a tool runs once, its result goes to the model, and a second one at the same time is refused', () => {
  const { call, done } = play([...talking, book, { ...book, key: 'c2' }]);
  assert.equal(done.filter((todo) => todo.do === 'run').length, 1);
  assert.deepEqual(
    done.find((todo) => todo.do === 'result'),
    { do: 'result', key: 'c2', result: { ok: false, why: 'busy' } },
  );
  const after = play([{ type: 'ran', key: 'c1', result: { ok: true, value: {} } }], call);
  assert.deepEqual(kinds(after.done), ['result', 'wait']);
  assert.deepEqual(play([{ type: 'ran', key: 'c1', result: { ok: true, value: {} } }], after.call).done, []);
});

test('a lost model hands the call to the scripted receptionist with what the caller is waiting for', () => {
  const lost = play([
    ...talking,
    { type: 'heard', text: 'Are you open on Sunday?' },
    { type: 'model-lost', waiting: 'words' },
  ]);
  assert.deepEqual([lost.call.channel, lost.call.standIn, lost.call.phase], ['relay', true, 'opening']);
  assert.ok(kinds(lost.done).includes('model-lost'), 'the loss stands in the books');
  const next = play([{ type: 'left' }], lost.call);
  assert.deepEqual(kinds(next.done), ['say', 'wait']);
  assert.ok(next.call.connected > lost.call.connected, 'a new socket is offered');
  const [opened, todos] = advance(next.call, { type: 'opened' });
  assert.equal(opened.phase, 'thinking');
  assert.deepEqual(todos.find((todo) => todo.do === 'think')?.input, {
    type: 'heard',
    text: 'Are you open on Sunday?',
    interrupted: false,
  });
  assert.ok(!todos.some((todo) => todo.do === 'disclosed'), 'the disclosure was heard before');
});

test('a tool has run and the model is lost before it said so: the receptionist says it, and nobody runs it again', () => {
  const wish: LineEvent = { type: 'heard', text: 'Take a message.' };
  const take: LineEvent = { type: 'asks', key: 'c1', use: { tool: 'take-message', input: {} } };
  const result = { ok: true, value: { messageId: 'm' } } as const;
  const ran = play([...talking, wish, take, { type: 'ran', key: 'c1', result }]).call;
  const lost = (call: Conversation, waiting: 'words' | 'result' | 'nothing') =>
    play([{ type: 'model-lost', waiting }, { type: 'lost' }, { type: 'opened' }], call);
  assert.deepEqual(lost(ran, 'result').call.asked, { type: 'result', tool: 'take-message', result });
  assert.deepEqual(lost(ran, 'nothing').call.asked, { type: 'resumed' });
  const running = lost(play([...talking, wish, take]).call, 'result').call;
  assert.deepEqual(running.asked, { type: 'heard', text: 'Take a message.', interrupted: false });
  assert.deepEqual(play([{ type: 'ran', key: 'c1', result }], running).done, [], 'what did not run never will');
});

test('a lost stream is offered again once, then the relay, then one webhook a turn', () => {
  const lost = { type: 'lost' } as const;
  const channels = [];
  let { call } = play(talking);
  for (let losses = 0; losses < 3; losses += 1) {
    call = play([lost], call).call;
    channels.push(call.channel);
  }
  assert.deepEqual(channels, ['live', 'relay', 'gather']);
});

test('after three silences the call is left, and the stream closes before anything else happens', () => {
  const { call, done } = play([...talking, ...Array.from({ length: 4 }, () => ({ type: 'quiet' }) as const)]);
  assert.equal(done.filter((todo) => todo.do === 'prompt').length, 4, 'the greeting and three questions');
  assert.equal(call.phase, 'leaving');
  assert.equal(play([{ type: 'left' }], call).call.endReason, 'caller-silent');
});

test('a transfer that nobody takes comes back to the model, which is told so', () => {
  const asked = play([...talking, { type: 'asks', key: 't', use: { tool: 'transfer', input: {} } }, { type: 'left' }]);
  assert.equal(asked.call.phase, 'transferring');
  const back = play([{ type: 'transferred', how: 'busy' }], asked.call);
  assert.equal(back.call.phase, 'opening');
  const { done } = play([{ type: 'opened' }], back.call);
  const prompt = done.find((todo) => todo.do === 'prompt');
  assert.deepEqual(prompt?.input, { type: 'result', tool: 'transfer', result: { ok: false, why: 'busy' } });
});

const anyEvent: fc.Arbitrary<CallEvent | LineEvent> = fc.oneof(
  fc.constant({ type: 'opened' } as const),
  fc.string({ maxLength: 20 }).map((text) => ({ type: 'heard', text }) as const),
  fc.constantFrom('1', '4111111111111111').map((digits) => ({ type: 'keyed', digits }) as const),
  fc.string({ maxLength: 20 }).map((text) => ({ type: 'spoke', text }) as const),
  fc.string({ maxLength: 20 }).map((text) => ({ type: 'played', text }) as const),
  fc.string({ maxLength: 20 }).map((heard) => ({ type: 'interrupted', heard }) as const),
  fc
    .constantFrom('book', 'transfer', 'end-call')
    .map((tool) => ({ type: 'asks', key: 'c', use: { tool, input: {} } }) as const),
  fc.constant({ type: 'ran', key: 'c', result: { ok: true, value: {} } } as const),
  fc.constant({ type: 'quiet' } as const),
  fc.constantFrom('words', 'result', 'nothing').map((waiting) => ({ type: 'model-lost', waiting }) as const),
  fc.constantFrom('lost', 'left', 'hung-up', 'abandoned').map((type) => ({ type }) as const),
  fc.constantFrom('answered', 'busy').map((how) => ({ type: 'transferred', how }) as const),
  fc.nat(12).map((turn) => ({ type: 'timeout', turn }) as const),
);

test('whatever happens on the line: nothing is written before the disclosure, no card is kept, no state waits without limit', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      let call = play([{ type: 'answered' }]).call;
      let n = 0;
      for (const event of events) {
        const before = call;
        const isOfLine = isTold(event) && (call.channel === 'live' || !isShared(event));
        const [next, todos] = advance(call, isOfLine ? { type: 'happened', n: (n += 1), event } : event);
        call = next;
        if (!before.disclosed) assert.ok(!todos.some((todo) => todo.do === 'note' && todo.kind === 'speech'));
        assert.ok(!JSON.stringify(todos).includes('4111111111111111'));
        const isNewTurn = call.turn !== before.turn && call.phase !== 'over';
        if (isNewTurn)
          assert.ok(
            todos.some((todo) => todo.do === 'wait' && todo.turn === call.turn),
            'a watched turn',
          );
        if (call.connected !== before.connected) n = 0;
      }
    }),
  );
});
