import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advance } from './conduct.ts';
import { ringing, type CallEvent, type Channel, type Conversation, type ToDo } from './conversation.ts';
import { playingMs } from './limits.ts';

type Played = { readonly call: Conversation; readonly done: readonly ToDo[] };

function play(from: Conversation, events: readonly ((call: Conversation) => CallEvent)[]): Played {
  return events.reduce<Played>(
    ({ call, done }, make) => {
      const [next, todos] = advance(call, make(call));
      return { call: next, done: [...done, ...todos] };
    },
    { call: from, done: [] },
  );
}

const told =
  (event: (CallEvent & { type: 'happened' })['event']) =>
  ({ taken }: Conversation): CallEvent => ({ type: 'happened', n: taken + 1, event });

/** A call in which the model may ask for keys. */
function ready(channel: Channel, canPress = true): Conversation {
  const start = ringing({
    channel,
    language: 'en-US',
    opening: 'This is an AI assistant.',
    callerNumber: undefined,
    canTransfer: false,
    canPress,
    standIn: false,
  });
  const opened = channel === 'live' ? told({ type: 'opened' }) : (): CallEvent => ({ type: 'opened' });
  return play(start, [() => ({ type: 'answered' }), opened]).call;
}

function ask(from: Conversation, input: { readonly digits?: string; readonly more?: boolean }): Played {
  const use = { tool: 'press-keys', input };
  if (from.channel === 'live') return play(from, [told({ type: 'asks', key: 'c1', use })]);
  const reply = { state: 1, say: ['One moment.'], language: 'en-US', expect: 'speech', use } as const;
  return play(from, [({ turn }) => ({ type: 'replied', turn, reply })]);
}

/** What the model is told of it. */
function resultIn({ done }: Played) {
  for (const todo of done) {
    if (todo.do === 'result') return todo.result;
    if (todo.do === 'think' && todo.input.type === 'result') return todo.input.result;
  }
  return undefined;
}

const channels = ['live', 'relay', 'gather'] as const;
const keysOf = ({ done }: Played) => done.flatMap((todo) => (todo.do === 'press' ? [todo.digits] : []));
const refusal = (played: Played) => [keysOf(played), resultIn(played)];

test('in every channel keys are pressed once, after what is said with them, and the model is told', () => {
  for (const channel of channels) {
    const pressed = ask(ready(channel), { digits: '1w2#' });
    assert.deepEqual(keysOf(pressed), ['1w2#'], channel);
    assert.deepEqual(resultIn(pressed), { ok: true, value: { pressed: '1w2#' } }, channel);
    const order = pressed.done.map((todo) => todo.do).filter((what) => what !== 'wait');
    assert.deepEqual(order, channel === 'live' ? ['press', 'result'] : ['say', 'press', 'think'], channel);
    assert.deepEqual(pressed.call.unheard.at(-1)?.text, '1w2#');
  }
});

test('a wish that is told twice presses once', () => {
  const { call } = ask(ready('live'), { digits: '1' });
  const again = { type: 'asks', key: 'c1', use: { tool: 'press-keys', input: { digits: '1' } } } as const;
  assert.deepEqual(advance(call, { type: 'happened', n: call.taken, event: again }), [call, []]);
});

test('what is no key, a card number or not offered is refused by name, and nothing is pressed', () => {
  for (const channel of channels) {
    const offered = ready(channel);
    const no = (why: string) => [[], { ok: false, why }];
    assert.deepEqual(refusal(ask(offered, { digits: '1-2' })), no('input-invalid'), channel);
    assert.deepEqual(refusal(ask(offered, {})), no('input-invalid'), channel);
    assert.deepEqual(refusal(ask(offered, { digits: '1', more: true })), no('input-invalid'), channel);
    assert.deepEqual(refusal(ask(offered, { digits: '4111111111111111#' })), no('card-number'), channel);
    assert.deepEqual(refusal(ask(ready(channel, false), { digits: '1' })), no('not-offered'), channel);
  }
});

test('a card number is not pressed piece by piece either', () => {
  for (const channel of channels) {
    const pieces = ['4111', '1111w', '1111'].reduce((call, digits) => ask(call, { digits }).call, ready(channel));
    assert.deepEqual(refusal(ask(pieces, { digits: '1111#' })), [[], { ok: false, why: 'card-number' }], channel);
    assert.deepEqual(keysOf(ask(pieces, { digits: '1112#' })), ['1112#'], channel);
  }
});

test('letters are refused where a relay does not carry them', () => {
  assert.deepEqual(refusal(ask(ready('relay'), { digits: 'A1' })), [[], { ok: false, why: 'letters-not-carried' }]);
  assert.deepEqual(keysOf(ask(ready('live'), { digits: 'A1' })), ['A1']);
  assert.deepEqual(keysOf(ask(ready('gather'), { digits: 'A1' })), ['A1']);
});

test('keys count as heard with the words before them, and no report of words is taken for theirs', () => {
  const { call } = ask(ready('relay'), { digits: '42' });
  const [after, todos] = advance(call, { type: 'played', text: 'One moment.' });
  assert.deepEqual(after.unheard, []);
  assert.deepEqual(
    todos.flatMap((todo) => (todo.do === 'acknowledge' ? [todo.heard] : [])),
    ['One moment.', '42'],
  );
  const [, cut] = advance(call, { type: 'interrupted', heard: 'One' });
  assert.deepEqual(
    cut.flatMap((todo) => (todo.do === 'acknowledge' ? [todo.heard] : [])),
    ['One', '42'],
  );
});

test('whoever hangs up after pressing keys gives them the time they take', () => {
  const short = playingMs([{ seq: 1, text: '1', isKeys: true }]);
  const long = playingMs([{ seq: 1, text: '1wwww', isKeys: true }]);
  assert.ok(short >= 200);
  assert.equal(long - short, 2_000);
});
