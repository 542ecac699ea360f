import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pause, systemClock } from '#base';
import type { EmulatedCall } from '#adapters/carriers';
import { liveProduct, type LiveProduct } from '../live-product.ts';
import { startProduct } from '../product.ts';

const agent = `
  model: scripted
  speech: gather
  facts: [{ about: price of a cleaning, answer: A cleaning costs 95 dollars. }]
`;

/** Waits for a sentence that matches; what else is said before it does not matter. */
async function until(call: EmulatedCall, wanted: RegExp): Promise<void> {
  while (!wanted.test(await call.said()));
}

/** Asks the product to stop; from when it resolves it takes no new calls. */
async function drain({ product }: LiveProduct): Promise<void> {
  product.process.kill('SIGTERM');
  while ((await fetch(`${product.url}/readyz`)).status === 200) await pause(systemClock, 50);
}

suite('a call that is led turn by turn survives', { concurrency: 3 }, () => {
  test('a deploy: nothing of it is open between two turns, and it is heard out all the same', async (t) => {
    const live = await liveProduct(t, { agent });
    const ended = new Promise((resolve) => live.product.process.once('exit', resolve));
    const call = live.ring();
    await until(call, /How can I help/);
    await drain(live);
    await until(live.ring(), /back in a minute/);
    await call.say('What does a cleaning cost?');
    await until(call, /95 dollars/);
    await call.say('Thank you, that is all. Goodbye.');
    await until(call, /Goodbye/);
    assert.equal((await call.ended).how, 'product-hung-up');
    assert.equal(await ended, 0, 'and then nothing is waited for');
  });

  test('a second signal: whoever stops it has not to wait for its callers', async (t) => {
    const live = await liveProduct(t, { agent });
    const ended = new Promise((resolve) => live.product.process.once('exit', resolve));
    await until(live.ring(), /How can I help/);
    await drain(live);
    live.product.process.kill('SIGTERM');
    assert.equal(await ended, 0);
  });

  test('kill -9 of a product that waits for it: the next one goes on with the same call', async (t) => {
    const live = await liveProduct(t, { agent });
    const call = live.ring();
    await until(call, /How can I help/);
    // Long enough for a restart, on a busy machine too: what is being said is posted when it has been said.
    const story = Array.from({ length: 14 }, (_, at) => `and then, after year ${at}, I lost another tooth`).join(' ');
    const told = call.say(`It is a long story ${story}`);
    while (!call.transcript.some(({ speaker }) => speaker === 'caller')) await pause(systemClock, 20);
    await drain(live);
    await live.product.kill();
    live.product = await startProduct(live.env);
    await told;
    await call.said();
    await call.say('What does a cleaning cost?');
    await until(call, /95 dollars/);
    await call.hangUp();
    const { items } = await live.read<{ items: unknown[] }>('/api/v1/calls');
    assert.equal(items.length, 1, 'it is one call');
  });
});
