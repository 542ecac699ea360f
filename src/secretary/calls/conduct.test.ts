import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answered, heard, opened, play, replied, reply, start, timeoutNow } from '../../../test/call-machine.ts';
import { advance } from './conduct.ts';
import type { CallEvent, Channel, Conversation, ToDo } from './conversation.ts';

const anyEvent: fc.Arbitrary<(call: Conversation) => CallEvent> = fc.oneof(
  fc.constant(opened),
  fc.string({ maxLength: 20 }).map((text) => heard(text)),
  fc.constantFrom('0', '5', '#', '12#').map((digits) => () => ({ type: 'keyed', digits }) as const),
  fc.constant(() => ({ type: 'quiet' }) as const),
  fc.string({ maxLength: 20 }).map((text) => () => ({ type: 'interrupted', heard: text }) as const),
  fc.string({ maxLength: 20 }).map((text) => () => ({ type: 'played', text }) as const),
  fc.array(fc.string({ maxLength: 30 }), { maxLength: 3 }).map((say) => replied(say)),
  fc.constantFrom('book', 'transfer', 'end-call', 'press-keys').map((tool) => replied(['Yes.'], { tool, input: {} })),
  fc.constant(({ turn }: Conversation) => ({ type: 'model-failed', turn }) as const),
  fc.constant(
    (call: Conversation) =>
      ({ type: 'ran', key: call.running?.key ?? 'none', result: { ok: true, value: {} } }) as const,
  ),
  fc.constant(({ turn }: Conversation) => ({ type: 'timeout', turn }) as const),
  fc.nat(5).map((turn) => () => ({ type: 'timeout', turn }) as const),
  fc.constant(() => ({ type: 'lost' }) as const),
  fc.constant(() => ({ type: 'left' }) as const),
  fc.constant(() => ({ type: 'back' }) as const),
  fc.constantFrom('answered', 'busy', 'no-answer').map((how) => () => ({ type: 'transferred', how }) as const),
  fc.constant(() => ({ type: 'hung-up' }) as const),
);

const anyCall = fc.tuple(fc.constantFrom<Channel>('relay', 'gather'), fc.array(anyEvent, { maxLength: 40 }));

function everyCall(check: (run: { call: Conversation; done: ToDo[]; trail: Conversation[]; steps: ToDo[][] }) => void) {
  fc.assert(
    fc.property(anyCall, ([channel, events]) => {
      const trail: Conversation[] = [];
      const steps: ToDo[][] = [];
      let call = start(channel);
      for (const make of [answered, ...events]) {
        const [next, todos] = advance(call, make(call));
        call = next;
        trail.push(call);
        steps.push([...todos]);
      }
      check({ call, done: steps.flat(), trail, steps });
    }),
    { numRuns: 2_000 },
  );
}

test('the first thing said is who speaks, and nothing of the caller is taken down before it was heard', () => {
  everyCall(({ done }) => {
    const first = done.find((one) => one.do === 'say');
    assert.equal(first?.kind, 'disclosure');
    const disclosed = done.findIndex((one) => one.do === 'disclosed');
    const noted = done.findIndex((one) => one.do === 'note' && one.kind !== 'silence');
    if (noted >= 0) assert.ok(disclosed >= 0 && disclosed < noted);
  });
});

test('no state is silent without a limit: the newest timer always belongs to the present turn', () => {
  everyCall(({ trail, steps }) => {
    let newest = -1;
    trail.forEach((call, at) => {
      for (const todo of steps[at] ?? []) if (todo.do === 'wait') newest = todo.turn;
      if (call.phase !== 'over') assert.equal(newest, call.turn);
    });
  });
});

test('a call that nobody answers any more ends by itself', () => {
  everyCall(({ call }) => {
    let now = call;
    for (let left = 20; left > 0 && now.phase !== 'over'; left -= 1) {
      now = advance(now, { type: 'timeout', turn: now.turn })[0];
    }
    assert.equal(now.phase, 'over');
  });
});

test('every entry has its own number, and is acknowledged at most once and only after it was said', () => {
  everyCall(({ done }) => {
    const written = done.flatMap((one) => (one.do === 'say' || one.do === 'note' ? [one.seq] : []));
    assert.deepEqual(
      written,
      written.map((_, at) => at),
    );
    const said = new Map<number, string>();
    for (const todo of done) {
      if (todo.do === 'say') said.set(todo.seq, todo.text);
      if (todo.do !== 'acknowledge') continue;
      assert.ok(said.get(todo.seq)?.startsWith(todo.heard), 'what was heard is the beginning of what was said');
      said.delete(todo.seq);
    }
  });
});

test('a tool is asked for once a key, and an ended call does nothing more', () => {
  everyCall(({ done, trail, steps }) => {
    const keys = done.flatMap((one) => (one.do === 'run' ? [one.key] : []));
    assert.equal(new Set(keys).size, keys.length);
    const over = trail.findIndex((call) => call.phase === 'over');
    if (over >= 0) assert.deepEqual(steps.slice(over + 1).flat(), []);
    assert.ok(done.filter((one) => one.do === 'ended').length <= 1);
  });
});

test('an interrupted sentence is kept as far as it was heard', () => {
  const { done } = play('relay', [
    answered,
    opened,
    replied(['We are open from nine to five.', 'Would you like to come by?']),
    () => ({ type: 'interrupted', heard: 'We are open from nine' }),
    heard('On Saturdays as well?'),
  ]);
  const kept = done.filter((one) => one.do === 'acknowledge');
  assert.deepEqual(kept.slice(1), [
    { do: 'acknowledge', seq: 1, heard: 'We are open from nine' },
    { do: 'acknowledge', seq: 2, heard: '' },
  ]);
});

test('words that come while the model thinks are added to the question, and its late answer is dropped', () => {
  const first = play('relay', [answered, opened, replied(['How can I help?']), heard('I need an appointment')]);
  const late = first.call.turn;
  const [second, todos] = advance(first.call, { type: 'heard', text: 'for tomorrow' });
  assert.deepEqual(todos.find((one) => one.do === 'think')?.input, {
    type: 'heard',
    text: 'I need an appointment for tomorrow',
    interrupted: false,
  });
  assert.deepEqual(advance(second, { type: 'replied', turn: late, reply: reply(['Late.']) })[1], []);
});

test('a caller who speaks over the goodbye is listened to', () => {
  const { call } = play('relay', [
    answered,
    opened,
    replied(['Goodbye.'], { tool: 'end-call', input: {} }),
    heard('wait, one more thing'),
  ]);
  assert.equal(call.phase, 'thinking');
});

test('a transfer that nobody takes brings the assistant back, and it says again who speaks', () => {
  const { done, call } = play('relay', [
    answered,
    opened,
    replied(['I am connecting you.'], { tool: 'transfer', input: {} }),
    () => ({ type: 'left' }),
    () => ({ type: 'transferred', how: 'no-answer' }),
    opened,
  ]);
  assert.equal(done.filter((one) => one.do === 'say' && one.kind === 'disclosure').length, 2);
  assert.deepEqual(call.asked, { type: 'result', tool: 'transfer', result: { ok: false, why: 'no-answer' } });
});

test('a relay that breaks is opened again, then given up for webhooks, then the call ends', () => {
  const lost = () => ({ type: 'lost' }) as const;
  const once = play('relay', [answered, opened, lost]);
  assert.equal(once.call.channel, 'relay');
  assert.ok(once.call.connected > play('relay', [answered]).call.connected, 'the old token is not offered again');
  assert.equal(play('relay', [answered, opened, lost, lost]).call.channel, 'gather');
  assert.equal(play('relay', [answered, opened, lost, lost, lost, lost]).call.phase, 'over');
});

test('a socket that never opens leaves the opening before it as heard: the carrier asked what comes next', () => {
  for (const channel of ['relay', 'live'] as const) {
    const lost = () => ({ type: 'lost' }) as const;
    const { call, done } = play(channel, [answered, lost, lost]);
    assert.ok(call.disclosed);
    assert.equal(done.filter((one) => one.do === 'disclosed').length, 1);
    const heard = done.flatMap((one) => (one.do === 'acknowledge' ? [one.seq] : []));
    assert.deepEqual(heard, channel === 'live' ? [0, 1] : [0], 'and the word that filled the gap');
  }
});

test('once the goodbye has been played the line is left at once', () => {
  const goodbye = replied(['Goodbye.'], { tool: 'end-call', input: {} });
  const { done } = play('relay', [answered, opened, goodbye, () => ({ type: 'played', text: 'Goodbye.' })]);
  assert.deepEqual(done.filter((one) => one.do === 'leave').length, 1);
});

test('a goodbye that the relay had its time to speak is not said again by webhook', () => {
  const goodbye = replied(['Goodbye.'], { tool: 'end-call', input: {} });
  const left = () => ({ type: 'left' }) as const;
  const relay = play('relay', [answered, opened, goodbye, timeoutNow, left]).call;
  assert.deepEqual([relay.phase, relay.endReason, relay.unheard], ['over', 'completed', []]);
  const webhook = play('gather', [answered, goodbye]).call;
  assert.deepEqual([webhook.phase, webhook.unheard.at(-1)?.text], ['over', 'Goodbye.']);
});
