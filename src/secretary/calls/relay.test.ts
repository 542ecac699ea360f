import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause } from '#base';
import { converse, type CallerScript } from '#adapters/carriers';
import { parrot } from '../../../test/parrot.ts';
import { world } from '../../../test/world.ts';

const caller = { from: '+14155550132', to: '+15005550006' };

/** Says one thing after the other, each when the secretary has finished. */
function lines(...texts: string[]): CallerScript {
  const left = [...texts];
  return () => {
    const text = left.shift();
    return text === undefined ? undefined : { do: 'say', text };
  };
}

test('a whole call over the relay: disclosure heard, words taken down, a tool run, the goodbye heard', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  const ended = await converse(call, (heard) => {
    if (/How can I help/.test(heard)) return { do: 'say', text: 'message please call me back' };
    if (/Done: take-message/.test(heard)) return { do: 'say', text: 'bye' };
    return undefined;
  });
  assert.equal(ended.how, 'product-hung-up');
  const detail = await w.lastCall();
  assert.equal(detail.endReason, 'completed');
  assert.ok(detail.disclosedAt);
  assert.equal(detail.from, caller.from);
  assert.deepEqual(detail.transcript.map((one) => `${one.speaker}: ${one.heard}`).slice(1), [
    'agent: How can I help?',
    'caller: message please call me back',
    'agent: One moment.',
    'agent: Done: take-message.',
    'caller: bye',
    'agent: Goodbye.',
  ]);
});

test('what the caller interrupts is kept as far as it was heard', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  const left = ['say one two three four five six seven eight nine ten eleven twelve'];
  await converse(call, (heard) => {
    if (/How can I help/.test(heard)) return { do: 'say', text: left[0] ?? '' };
    if (/one two/.test(heard)) return { do: 'say', text: 'bye' };
    return undefined;
  });
  const second = w.exchange.call({ ...caller, from: '+14155550133' });
  await second.said();
  await second.said();
  await second.say(left[0] ?? '');
  await second.interrupt(3, 'bye');
  await second.ended;
  const cut = (await w.lastCall()).transcript.find((one) => one.meant?.startsWith('one two'));
  assert.ok(cut);
  assert.ok(cut.meant.startsWith(cut.heard) && cut.heard.length < cut.meant.length, `${cut.heard} | ${cut.meant}`);
});

test('a socket that drops is opened again and the call goes on from where it was', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  await call.said();
  await call.said();
  await call.dropSocket();
  assert.match(await call.said(), /cut off/);
  await call.say('bye');
  await call.ended;
  assert.equal((await w.lastCall()).endReason, 'completed');
});

test('a silent caller is asked, asked again, and then let go', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  const ended = await converse(call, () => undefined);
  assert.equal(ended.how, 'product-hung-up');
  assert.equal((await w.lastCall()).endReason, 'caller-silent');
});

test('a transfer that nobody takes comes back to the assistant, who says again who speaks', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call({ ...caller, transfer: () => ({ how: 'no-answer', afterMs: 500 }) });
  await converse(call, (heard) => {
    if (/How can I help/.test(heard)) return { do: 'say', text: 'person' };
    if (/Not done: no-answer/.test(heard)) return { do: 'say', text: 'bye' };
    return undefined;
  });
  const detail = await w.lastCall();
  assert.equal(detail.transcript.filter((one) => one.kind === 'disclosure').length, 2);
  assert.equal(detail.endReason, 'completed');
});

test('a transfer that is taken ends the call as transferred', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  await converse(call, lines('', 'person'));
  const detail = await w.lastCall();
  assert.equal(detail.endReason, 'transferred');
});

test('a model that breaks twice is admitted in words, and the call ends with a way on', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  await converse(call, (heard) => (/How can I help/.test(heard) ? { do: 'say', text: 'break' } : undefined));
  const detail = await w.lastCall();
  assert.equal(detail.endReason, 'failed');
  assert.match(detail.transcript.at(-1)?.heard ?? '', /call again/);
});

test('keys are taken together, and a card number keyed in is masked before anyone sees it', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  await converse(call, (heard) => {
    if (/How can I help/.test(heard)) return { do: 'press', digits: '4111111111111111#' };
    if (/You keyed/.test(heard)) return { do: 'say', text: 'bye' };
    return undefined;
  });
  const detail = await w.lastCall();
  assert.ok(detail.transcript.some((one) => one.heard === 'You keyed [card].'));
  assert.doesNotMatch(JSON.stringify(detail), /4111/);
});

test('repeated, late and unordered webhooks change nothing about the call', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call({
    ...caller,
    faults: { repeatWebhooks: 'at-once', delayMs: 50, statusOutOfOrder: true },
  });
  await converse(call, (heard) => {
    if (/How can I help/.test(heard)) return { do: 'say', text: 'message once' };
    if (/Done/.test(heard)) return { do: 'say', text: 'bye' };
    return undefined;
  });
  assert.equal((await w.api('/api/v1/messages')).json.items.length, 1);
  assert.equal((await w.api('/api/v1/calls')).json.items.length, 1);
  assert.equal((await w.lastCall()).endReason, 'completed');
});

test('after the call its outcome, summary and lead are there', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  await converse(call, (heard) => (/How can I help/.test(heard) ? { do: 'say', text: 'bye' } : undefined));
  let detail = await w.lastCall();
  for (let tries = 0; tries < 50 && detail.outcome === null; tries += 1) {
    await pause(w.clock, 2_000);
    detail = await w.lastCall();
  }
  assert.equal(detail.outcome, 'nothing-needed');
  assert.match(detail.summary, /parrot/);
  const [lead] = (await w.api('/api/v1/leads')).json.items;
  assert.ok(lead);
  assert.equal(lead.phone, caller.from);
  assert.equal(lead.interest, 'parrot');
});

test('no word of a caller and no number reaches the log', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call({ ...caller, from: '+14155550177' });
  await converse(call, (heard) => {
    if (/How can I help/.test(heard)) return { do: 'say', text: 'message zanzibar marmalade' };
    if (/Done/.test(heard)) return { do: 'say', text: 'break' };
    return undefined;
  });
  const written = JSON.stringify(w.logged);
  for (const word of ['5550177', 'zanzibar', 'marmalade', 'parrot']) assert.ok(!written.includes(word), word);
  assert.ok(w.logged.some(({ event }) => event === 'call.ended'));
});

test('a card number spoken in four breaths stands in no entry of the transcript', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  const breaths = ['4111', '1111', '1111', '1111', 'bye'];
  await converse(call, (heard) => {
    const text = /help|You said/.test(heard) ? breaths.shift() : undefined;
    return text === undefined ? undefined : { do: 'say', text };
  });
  const { transcript } = await w.lastCall();
  const spoken = transcript.filter(({ speaker }) => speaker === 'caller').map(({ heard }) => heard);
  assert.deepEqual(spoken, ['[card]', '[card]', '[card]', '[card]', 'bye']);
});
