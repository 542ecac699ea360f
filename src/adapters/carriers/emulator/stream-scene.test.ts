import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carriers } from '../catalogue.ts';
import { account, disclosure, goodbye, language, scene, type Plan, type StreamLine } from './scene.test.ts';
import { audioToWords, frameBytes, wordsToAudio } from './spoken-audio.ts';

const frame = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 31) % 251));

/** Opens a stream after the disclosure; whatever ends it is followed by goodbye. */
export function streaming(stream: NonNullable<Plan['stream']>): Plan {
  return {
    answer(event, _request, urls) {
      if (event.type !== 'ringing') return event.type === 'status' ? [] : goodbye;
      const step = {
        do: 'stream',
        socketUrl: urls.streamUrl,
        token: 'token-1',
        thenUrl: urls.at('relay-ended'),
      } as const;
      return [disclosure, step];
    },
    stream,
  };
}

/** Greets, repeats what it hears, falls silent when spoken over, and leaves when "bye" has been answered. */
function echo(greeting = 'How can I help you today?'): Plan {
  const ear = audioToWords();
  let wasOpen = false;
  return streaming((event, line) => {
    if (event.type === 'start' && event.token === 'token-1') line.audio(wordsToAudio(greeting));
    if (event.type === 'mark' && event.name === 'bye') return line.close();
    if (event.type !== 'audio') return;
    const ended = ear.hear(Buffer.from(event.payload, 'base64'));
    if (ear.isOpen() && !wasOpen) line.clear();
    wasOpen = ear.isOpen();
    for (const { text } of ended) answer(line, text);
  });
}

function answer(line: StreamLine, text: string): void {
  line.audio(wordsToAudio(text === 'bye' ? 'Bye.' : `You said: ${text}.`));
  if (text === 'bye') line.mark('bye');
}

for (const { id, item } of await carriers()) {
  test(`${id}: a conversation in words is held over audio, from the disclosure to the last status`, async (t) => {
    const { play, call, seen, streamed, faults } = await scene(t, echo(), { carrier: item });
    const caller = call();
    assert.equal(await play(caller.said()), disclosure.text);
    assert.equal(await play(caller.said()), 'How can I help you today?');
    await play(caller.say('Grüezi & <hello>'));
    assert.equal(await play(caller.said()), 'You said: Grüezi & <hello>.');
    await play(caller.press('1#'));
    await play(caller.say('bye'));
    assert.equal(await play(caller.said()), 'Bye.');
    assert.equal(await play(caller.said()), 'Goodbye.');
    assert.deepEqual(await play(caller.ended), { how: 'product-hung-up' });
    assert.deepEqual(
      seen.slice(1).map(({ callId: _, ...event }) => event),
      [
        { type: 'status', status: 'in-progress', sequence: 0 },
        { type: 'relay-ended', how: 'completed' },
        { type: 'status', status: 'completed', sequence: 1 },
      ],
    );
    const others = streamed.filter((event) => event.type !== 'audio');
    assert.deepEqual(
      others.map((event) => (event.type === 'digit' ? event.digit.reveal() : event.type)),
      ['unknown', 'start', '1', '#', 'mark'],
    );
    assert.deepEqual(
      caller.transcript.map(({ speaker }) => speaker),
      ['secretary', 'secretary', 'caller', 'secretary', 'caller', 'caller', 'secretary', 'secretary'],
    );
    assert.deepEqual([faults, caller.steps.filter(({ what }) => what === 'message-refused')], [[], []]);
  });
}

test('a frame comes for every 20 ms, in order and from the first, and the caller is heard bit by bit', async (t) => {
  const { play, call, streamed } = await scene(
    t,
    streaming(() => {}),
  );
  const caller = call();
  const sent = frame(50 * frameBytes - 30);
  await play(caller.playAudio(sent));
  await play(caller.hangUp());
  const audio = streamed.filter((event) => event.type === 'audio');
  assert.deepEqual(
    audio.map(({ atMs }) => atMs),
    audio.map((_, index) => index * 20),
  );
  const heard = Buffer.concat(audio.map(({ payload }) => Buffer.from(payload, 'base64')));
  const at = heard.indexOf(sent);
  assert.equal(at % frameBytes, 0);
  assert.ok(heard.subarray(0, at).every((byte) => byte === 0xff));
  assert.ok(heard.subarray(at + sent.length).every((byte) => byte === 0xff));
  assert.deepEqual(streamed.at(-1), { type: 'stop' });
});

test('what the product sends, in whatever sizes, is heard as it is and at the speed of speech', async (t) => {
  const sizes = [1, 159, 160, 161, 4_000, 3, 20_000];
  const sent = frame(sizes.reduce((sum, size) => sum + size, 0));
  const plan = streaming((event, line) => {
    if (event.type !== 'start') return;
    let at = 0;
    for (const size of sizes) line.audio(sent.subarray(at, (at += size)));
  });
  const { play, call } = await scene(t, plan);
  const caller = call();
  await play(caller.waitForAudio(sent.length / 8));
  const heard = caller.heardAudio;
  assert.ok(Buffer.concat(heard.map(({ audio }) => audio)).equals(sent));
  const [first, last] = [heard[0]!, heard.at(-1)!];
  const tookMs = last.atMs + last.audio.length / 8 - first.atMs;
  assert.ok(tookMs >= sent.length / 8 - 1, `${tookMs}`);
  assert.ok(caller.mostWaitingMs() > 2_400 && caller.mostWaitingMs() <= sent.length / 8);
  await play(caller.hangUp());
  await assert.rejects(caller.waitForAudio(60_000), /over/);
});

test('speaking over the secretary cuts it off where it was, and both sides agree on what was heard', async (t) => {
  const long = `One two three ${'and so on '.repeat(20)}`.trim();
  const { play, call, streamed } = await scene(t, echo(long));
  const caller = call();
  await play(caller.said());
  await play(caller.interrupt(3, 'wait'));
  const cut = await play(caller.said());
  assert.ok(cut.startsWith('One two three') && long.startsWith(cut) && cut !== long, cut);
  assert.equal(await play(caller.said()), 'You said: wait.');
  assert.ok(caller.steps.some(({ what }) => what === 'clear'));
  assert.ok(!streamed.some(({ type }) => type === 'mark'));
});

test('a mark tells of audio that was cleared as of audio that was played', async (t) => {
  const plan = streaming((event, line) => {
    if (event.type === 'start') {
      line.mark('empty');
      line.audio(frame(8_000));
      line.mark('first');
      line.audio(frame(80_000));
      line.mark('second');
    }
    if (event.type === 'mark' && event.name === 'first') line.clear();
    if (event.type === 'mark' && event.name === 'second') line.close();
  });
  const { play, call, streamed } = await scene(t, plan);
  const caller = call();
  assert.deepEqual(await play(caller.ended), { how: 'product-hung-up' });
  assert.deepEqual(
    streamed.flatMap((event) => (event.type === 'mark' ? [event.name] : [])),
    ['empty', 'first', 'second'],
  );
  const heardMs = Buffer.concat(caller.heardAudio.map(({ audio }) => audio)).length / 8;
  assert.ok(heardMs >= 1_000 && heardMs < 11_000, `${heardMs}`);
});

test('a caller can speak over the secretary in any sound', async (t) => {
  const plan = streaming((event, line) => {
    if (event.type === 'start') line.audio(frame(80_000));
    if (event.type === 'audio' && event.payload.startsWith('AAAA')) line.clear();
  });
  const { play, call, streamed } = await scene(t, plan);
  const caller = call();
  await play(caller.interruptWith(Buffer.alloc(1_600)));
  await play(caller.said());
  await play(caller.hangUp());
  const loud = streamed.filter((event) => event.type === 'audio' && event.payload.startsWith('AAAA'));
  assert.equal(loud.length, 10);
  assert.ok(caller.steps.some(({ what }) => what === 'clear'));
});

test('a sentence that does not go on was said as far as it was heard', async (t) => {
  const half = wordsToAudio('one two three four').subarray(0, 8_000);
  const { play, call } = await scene(
    t,
    streaming((event, line) => event.type === 'start' && line.audio(half)),
  );
  const caller = call();
  await play(caller.said());
  assert.equal(await play(caller.said()), 'one two three');
  await play(caller.say('go on'));
});

test('when the caller hangs up, the stream is stopped and the product asked with a call that is over', async (t) => {
  const { play, call, seen, streamed } = await scene(t, echo());
  const caller = call();
  await play(caller.said());
  await play(caller.waitForAudio(500));
  assert.deepEqual(await play(caller.hangUp()), { how: 'caller-hung-up' });
  assert.deepEqual(streamed.at(-1), { type: 'stop' });
  assert.equal(caller.transcript.at(-1)?.text, 'How');
  assert.ok(seen.some((event) => event.type === 'relay-ended' && event.how === 'hung-up'));
  await assert.rejects(caller.playAudio(frame(160)), /over/);
});

test('when the socket drops, what was queued is gone, the call lives on and the product is asked', async (t) => {
  const long = `How ${'and so on '.repeat(20)}`.trim();
  const { play, call, seen, streamed } = await scene(t, echo(long));
  const caller = call();
  await play(caller.said());
  await play(caller.waitForAudio(500));
  await play(caller.dropSocket());
  const cut = await play(caller.said());
  assert.ok(long.startsWith(cut) && cut !== long, cut);
  assert.equal(await play(caller.said()), 'Goodbye.');
  assert.ok(seen.some((event) => event.type === 'relay-ended' && event.how === 'completed'));
  assert.notEqual(streamed.at(-1)?.type, 'stop');
});

test('a socket that is refused leads to the next document', async (t) => {
  const { play, call, streamed } = await scene(t, { ...streaming(() => {}), refuseSockets: true });
  const caller = call();
  assert.deepEqual(await play(caller.ended), { how: 'product-hung-up' });
  assert.ok(caller.steps.some(({ what }) => what === 'socket-error'));
  assert.deepEqual(streamed, []);
});

test('a call that is redirected leaves its stream with a stop and does not ask', async (t) => {
  const { play, call, carrier, ctx, seen, streamed } = await scene(t, echo());
  const caller = call();
  await play(caller.said());
  await play(caller.said());
  const next = [{ do: 'say', text: 'One moment.', language }, ...goodbye] as const;
  await play(carrier.redirect(ctx, account, caller.callId, next));
  assert.equal(await play(caller.said()), 'One moment.');
  await play(caller.ended);
  assert.deepEqual(streamed.at(-1), { type: 'stop' });
  assert.ok(!seen.some(({ type }) => type === 'relay-ended'));
});
