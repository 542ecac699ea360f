import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, Outside, Personal, seededRandom, systemClock } from '#base';
import { carriers } from '../catalogue.ts';
import { converse } from './converse.ts';
import { openExchange } from './exchange.ts';
import {
  account,
  disclosure,
  echo,
  egress,
  goodbye,
  language,
  numbers,
  product,
  questions,
  say,
  scene,
  type Plan,
} from './scene.test.ts';

for (const { id, item } of await carriers()) {
  test(`${id}: a whole call is played, from the disclosure to the last status`, async (t) => {
    const { play, call, seen, relayed } = await scene(t, echo, { carrier: item });
    const caller = call();
    assert.equal(await play(caller.said()), disclosure.text);
    assert.equal(await play(caller.said()), 'How can I help you today?');
    await play(caller.say('Grüezi & <hello>'));
    assert.equal(await play(caller.said()), 'You said: Grüezi & <hello>.');
    await play(caller.press('1#'));
    await play(caller.say('bye'));
    assert.equal(await play(caller.said()), 'Goodbye.');
    assert.deepEqual(await play(caller.ended), { how: 'product-hung-up' });
    const [ringing, ...rest] = seen;
    assert.ok(ringing?.type === 'ringing' && ringing.from?.reveal() === numbers.from && ringing.to === numbers.to);
    assert.ok(seen.every((event) => event.callId === caller.callId));
    assert.deepEqual(
      rest.map(({ callId: _, ...event }) => event),
      [
        { type: 'status', status: 'in-progress', sequence: 0 },
        { type: 'relay-ended', how: 'completed', reason: 'goodbye' },
        { type: 'status', status: 'completed', sequence: 1 },
      ],
    );
    const kinds = relayed.map((event) => event.type);
    assert.deepEqual(kinds, ['setup', 'played', 'prompt', 'played', 'digit', 'digit', 'prompt']);
    assert.deepEqual(
      caller.transcript.map((line) => line.speaker),
      ['secretary', 'secretary', 'caller', 'secretary', 'caller', 'caller', 'secretary'],
    );
  });

  test(`${id}: a live call can be hung up and redirected, and one that is over counts as done`, async (t) => {
    const { play, call, carrier, ctx } = await scene(t, echo, { carrier: item });
    const caller = call();
    await play(caller.said());
    await play(caller.said());
    await play(
      carrier.redirect(ctx, account, caller.callId, [{ do: 'say', text: 'One moment.', language }, ...goodbye]),
    );
    assert.equal(await play(caller.said()), 'One moment.');
    await play(carrier.hangUp(ctx, account, caller.callId));
    assert.deepEqual(await play(caller.ended), { how: 'api-hung-up' });
    await play(carrier.hangUp(ctx, account, caller.callId));
    await play(carrier.hangUp(ctx, account, `CA${'9'.repeat(32)}`));
    const late = carrier.redirect(ctx, account, caller.callId, goodbye);
    await assert.rejects(play(late), (error) => isProblem(error, 'call-not-known'));
    const wrong = { ...account, authToken: new Personal('wrong') };
    await assert.rejects(
      play(carrier.hangUp(ctx, wrong, caller.callId)),
      (error) => error instanceof Outside && error.kind === 'refused',
    );
  });
}

test('speaking over the secretary cuts it off, and both sides agree on what was heard', async (t) => {
  const { play, call, relayed } = await scene(t, echo);
  const caller = call();
  await play(caller.said());
  await play(caller.interrupt(3, 'wait'));
  assert.equal(await play(caller.said()), 'How can I');
  const cut = relayed.find((event) => event.type === 'interrupt');
  assert.equal(cut?.heard.reveal(), 'How can I');
  assert.equal(await play(caller.said()), 'You said: wait.');
});

test('words that may not be interrupted are played to their end, and the caller goes unheard', async (t) => {
  const plan: Plan = {
    ...echo,
    relay: (event, send) => event.type === 'setup' && send(say('Please hear this out.', false)),
  };
  const { play, call, relayed } = await scene(t, plan);
  const caller = call();
  await play(caller.said());
  await play(caller.interrupt(1, 'no'));
  assert.equal(await play(caller.said()), 'Please hear this out.');
  assert.deepEqual(
    relayed.map((event) => event.type),
    ['setup', 'played'],
  );
  assert.ok(caller.steps.some((step) => step.what === 'caller-unheard'));
});

test('without a socket, speech, silence and keyed digits all come back', async (t) => {
  const { play, call, seen } = await scene(t, questions);
  const caller = call({ from: undefined });
  assert.equal(await play(caller.said()), 'Question 1?');
  await play(caller.say('my answer'));
  assert.equal(await play(caller.said()), 'Question 2?');
  assert.equal(await play(caller.said()), 'Question 3?');
  await play(caller.press('42#'));
  await play(caller.ended);
  const heard = seen.filter((event) => event.type === 'heard');
  assert.deepEqual(
    heard.map((event) => [event.speech?.reveal(), event.digits?.reveal()]),
    [
      ['my answer', undefined],
      [undefined, undefined],
      [undefined, '42'],
    ],
  );
  assert.ok(seen[0]?.type === 'ringing' && seen[0].from === undefined);
});

test('playing takes time: fifteen characters a second, and a silence as long as was asked for', async (t) => {
  const { play, call } = await scene(t, questions);
  const caller = call();
  await play(caller.said());
  await play(caller.hangUp());
  const opened = caller.steps.find((step) => step.what === 'gather-open');
  const begun = caller.transcript[0]!.atMs;
  assert.ok(Math.abs(opened!.atMs - begun - 12_000 / 15) <= 2);
});

test('keys of the secretary are heard over the relay and by webhook, and stand in the transcript', async (t) => {
  const plan: Plan = {
    answer: (event, _request, urls) => {
      if (event.type === 'relay-ended') return [{ do: 'press', digits: '5ww6#' }, say2, { do: 'press', digits: 'D' }];
      return event.type === 'ringing' ? echo.answer(event, _request, urls) : [];
    },
    relay(event, send) {
      if (event.type === 'setup') send(say('Pressing one.'));
      if (event.type !== 'played') return;
      send({ do: 'press', digits: '1w2' });
      send({ do: 'press', digits: '*' });
      send({ do: 'end', reason: 'done' });
    },
  };
  const say2 = { do: 'say', text: 'And on.', language } as const;
  const { play, call } = await scene(t, plan);
  const caller = call();
  assert.equal(await play(caller.keysHeard(3)), '12*');
  assert.equal(await play(caller.keysHeard(6)), '12*56#');
  assert.equal(await play(caller.keysHeard(7)), '12*56#D');
  await play(caller.ended);
  assert.deepEqual(
    caller.transcript.slice(1).map(({ text }) => text),
    ['Pressing one.', '12*56#', 'And on.', 'D'],
  );
  const [five, six] = caller.steps.filter(({ detail }) => detail === '5' || detail === '6');
  assert.ok(six!.atMs - five!.atMs >= 1_000, 'a wait is half a second');
  await assert.rejects(play(caller.keysHeard(8)), /call is over/);
});

test('a transfer that comes back says how it went', async (t) => {
  const plan: Plan = {
    answer(event, _request, urls) {
      if (event.type !== 'ringing') return goodbye;
      return [
        disclosure,
        { do: 'transfer', to: '+15005550009', callerId: numbers.to, thenUrl: urls.at('transfer-ended'), waitS: 20 },
      ];
    },
  };
  for (const [how, expected] of [
    ['completed', 'answered'],
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['canceled', 'failed'],
  ] as const) {
    const { play, call, seen } = await scene(t, plan);
    await play(call({ transfer: () => ({ how, afterMs: 2_000 }) }).ended);
    const event = seen.find((one) => one.type === 'transfer-ended');
    assert.equal(event?.how, expected);
  }
});

test('a script plays the caller on the real clock, faster than life', async (t) => {
  const carrier = (await carriers())[0]!.item;
  const made = await product(t, carrier, echo);
  const exchange = await openExchange({
    clock: systemClock,
    random: seededRandom('b'),
    http: egress(t),
    origin: 'https://phone.example.com',
    via: made.origin(),
    carrier: 'emulator',
    account,
    speed: 200,
  });
  t.after(() => exchange.close());
  const refused = await exchange.call(numbers).ended;
  assert.equal(refused.how, 'failed', 'signed for another origin than the product believes in');
  const here = await openExchange({
    clock: systemClock,
    random: seededRandom('c'),
    http: egress(t),
    origin: made.origin,
    carrier: 'emulator',
    account,
    speed: 200,
  });
  t.after(() => here.close());
  const call = here.call({ ...numbers, voiceUrl: `${made.origin()}/carriers/x/voice` });
  const ended = await converse(call, (heard) => {
    if (/How can I help/.test(heard)) return { do: 'say', text: 'bye' };
    return undefined;
  });
  assert.deepEqual(ended, { how: 'product-hung-up' });
  assert.deepEqual(
    call.transcript.map((line) => line.text),
    [disclosure.text, 'How can I help you today?', 'bye', 'Goodbye.'],
  );
});
