import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pause, systemClock } from '#base';
import type { EmulatedCall } from '#adapters/carriers';
import { liveProduct, type LiveProduct } from '../live-product.ts';
import { startProduct } from '../product.ts';
import type { TextScript } from '../stand-in-model/stand-in.ts';

/** Waits for a sentence that matches; what else is said before it does not matter. */
async function until(call: EmulatedCall, wanted: RegExp): Promise<string> {
  for (;;) {
    const said = await call.said();
    if (wanted.test(said)) return said;
  }
}

/** Whose audio is not carried again in time is helped by text. */
const byText: TextScript = ({ text: { format } }) =>
  format.name === 'turn' ? { say: ['I can help.'], language: 'en', expect: 'speech', use: null } : undefined;

/** Asks, and asks again when something else comes back, as whoever is told to wait or asked whether they are there does. */
async function insist(call: EmulatedCall, words: string, wanted: RegExp): Promise<void> {
  do await call.say(words);
  while (!wanted.test(await call.said()));
}

async function greeted(live: LiveProduct): Promise<EmulatedCall> {
  const call = live.ring();
  await until(call, /How can I help you today/);
  return call;
}

/** The process that carries the audio just now. */
function linePid({ product }: LiveProduct): number {
  const pids = [...product.log().matchAll(/"event":"line\.started","pid":(\d+)/g)].map(([, pid]) => Number(pid));
  assert.ok(pids.length > 0, 'a line was started');
  return pids.at(-1)!;
}

/** What the books say was heard, once the call is over. */
function heardBy(live: LiveProduct): Promise<readonly string[]> {
  return live.finished().then(({ transcript }) => transcript.map(({ speaker, heard }) => `${speaker}: ${heard}`));
}

suite('a live call survives', { concurrency: 3 }, () => {
  test('the loss of its model in the middle of an answer: the model comes back and goes on', async (t) => {
    const live = await liveProduct(t, { faults: [{ at: 'mid-answer', deed: { do: 'drop' }, after: 1 }] });
    const call = await greeted(live);
    await call.say('Tell me a long story about the dentist, please.');
    await until(call, /You said|Go on|dentist/);
    await call.say('Thank you.');
    await until(call, /Thank you/);
    await call.hangUp();
    assert.ok(!call.steps.some(({ what }) => what === 'socket-refused'));
    assert.ok(live.standIn.sessions.length > 1, 'another session was opened');
  });

  test('the loss of its model for good: the receptionist goes on by text with the question the caller asked', async (t) => {
    const live = await liveProduct(t, { transcribed: 'before' });
    const call = await greeted(live);
    live.standIn.faults.plan({ at: 'turn', deed: { do: 'drop' }, times: 9 });
    live.standIn.faults.plan({ at: 'handshake', deed: { do: 'refuse', status: 503 }, times: 9 });
    await call.say('What does a cleaning cost?');
    await until(call, /95 dollars/);
    await call.say('Thank you, that is all. Goodbye.');
    await until(call, /Goodbye/);
    await call.ended;
    const said = await heardBy(live);
    assert.equal(said.filter((line) => /AI assistant/.test(line)).length, 1, 'the disclosure is not repeated');
    assert.ok(said.includes('caller: What does a cleaning cost?'));
  });

  test('a wrong key: it is answered all the same', async (t) => {
    const live = await liveProduct(t, { key: 'sk-another' });
    const call = live.ring();
    await until(call, /How can I help you/);
    await call.say('What does a cleaning cost?');
    await until(call, /95 dollars/);
    await call.hangUp();
  });

  test('kill -9 of the process that carries its audio: the same call goes on', async (t) => {
    const live = await liveProduct(t, { text: byText });
    const call = await greeted(live);
    await call.say('First question.');
    await until(call, /First question/);
    process.kill(linePid(live), 'SIGKILL');
    await until(call, /moment|sorry|Go on|help/i);
    await insist(call, 'Second question.', /Second question|message|help/i);
    await call.hangUp();
    const { items } = await live.read<{ items: unknown[] }>('/api/v1/calls');
    assert.equal(items.length, 1, 'it is one call');
  });

  test('kill -9 of the process with the database: nobody on the line notices, and the books are complete', async (t) => {
    const live = await liveProduct(t);
    const call = await greeted(live);
    await call.say('Before the crash.');
    await until(call, /Before the crash/);
    await live.product.kill();
    await call.say('While it is gone.');
    await until(call, /While it is gone/);
    live.product = await startProduct(live.env);
    await call.say('After the restart.');
    await until(call, /After the restart/);
    await call.hangUp();
    const said = await heardBy(live);
    for (const words of ['Before the crash.', 'While it is gone.', 'After the restart.']) {
      assert.ok(said.includes(`caller: ${words}`), words);
      assert.ok(said.includes(`agent: You said: ${words}`), words);
    }
  });

  test('a deploy: it is heard out, and who rings meanwhile is told to call again', async (t) => {
    const live = await liveProduct(t);
    const call = await greeted(live);
    live.product.process.kill('SIGTERM');
    while ((await fetch(`${live.product.url}/readyz`)).status === 200) await pause(systemClock, 50);
    const late = live.ring();
    await until(late, /back in a minute/);
    await call.say('Are you still there?');
    await until(call, /still there/);
    await call.hangUp();
    const code = await new Promise((resolve) => live.product.process.once('exit', resolve));
    assert.equal(code, 0);
  });
});
