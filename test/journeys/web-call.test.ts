import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { firstRun, openOwnProduct } from '../pages/own-product.ts';
import { openStandIn, standInKey, type Script } from '../stand-in-model/stand-in.ts';
import { webCaller, type WebCaller } from '../web-caller.ts';
import { webSound, type Offer } from '../web-sound.ts';

/** A model that greets, answers at length, takes a message with a tool and says goodbye. */
const receptionist: Script = ({ heard, prompted, result }) => {
  if (prompted !== undefined) return { say: /"([^"]*)"[^"]*$/.exec(prompted)?.[1] ?? 'Are you still there?' };
  if (result !== undefined) return { say: 'I noted it.' };
  if (heard.includes('message'))
    return {
      say: 'Let me write that down.',
      use: { tool: 'take-message', input: { name: 'Alex Sample', callback: null, body: heard, urgent: false } },
    };
  if (heard.includes('goodbye')) return { say: 'Goodbye.', use: { tool: 'end-call', input: {} } };
  if (heard.includes('story'))
    return { say: 'Once upon a time there was a secretary who never stopped talking at all.' };
  return { say: 'We open at nine.' };
};

/** The product with an agent that talks, and its owner at a browser. */
async function spoken(t: TestContext) {
  const standIn = await openStandIn({ script: receptionist });
  t.after(() => standIn.close());
  const product = await openOwnProduct(t, { SOTTO_OPENAI_BASE_URL: standIn.url, SOTTO_OPENAI_KEY: standInKey });
  const cookie = `sotto=${await firstRun(product.url)}`;
  const headers = { cookie, 'origin': product.url, 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: object, more: Record<string, string> = {}) => {
    const sent = { method, headers: { ...headers, ...more }, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`${product.url}${path}`, sent);
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return { json: (await answer.json()) as Json, etag: answer.headers.get('etag') ?? '' };
  };
  const [agent] = (await ask('GET', '/api/v1/call')).json.agents;
  assert.deepEqual(agent?.talking, { isPossible: false, why: 'by-text' });
  const { etag } = await ask('GET', `/api/v1/agents/${agent.id}`);
  const change = { speech: 'live', model: 'openai' };
  await ask('PATCH', `/api/v1/agents/${agent.id}`, change, { 'if-match': etag });
  assert.deepEqual((await ask('GET', '/api/v1/call')).json.agents[0]?.talking, { isPossible: true, why: null });
  const dial = () => webCaller(t, product.url, { cookie });
  const listen = async (caller: WebCaller) => {
    const { offer } = (await caller.until(({ tell }) => tell === 'stream')) as unknown as { offer: Offer };
    return { offer, sound: await webSound(t, product.url, { cookie, offer }) };
  };
  return { product, standIn, cookie, ask, dial, listen };
}

type Json = {
  readonly agents: readonly { readonly id: string; readonly talking: object }[];
  readonly transcript: readonly {
    readonly speaker: string;
    readonly heard: string | null;
    readonly meant: string | null;
  }[];
  readonly items: readonly { readonly callId: string; readonly body: string }[];
  readonly endReason: string | null;
};

const talking = { do: 'call', by: 'talking', aloud: false } as const;

test('a call that is spoken in the browser goes over the line like a carrier’s, is interrupted like one, and is in the books', async (t) => {
  const { ask, dial, listen } = await spoken(t);
  const caller = await dial();
  caller.send(talking);
  assert.match(await caller.hears(/AI assistant/), /Clinic South/);
  const { sound } = await listen(caller);
  await sound.hears(/How can I help/);
  await sound.says('When do you open?');
  await sound.hears(/We open at nine/);
  await sound.says('Tell me a story.');
  await sound.hearsBeginning(4);
  await sound.says('Please take a message, call me back.');
  await sound.hears(/I noted it/);
  assert.ok(sound.cleared() >= 1, 'whoever speaks over the secretary silences it at once');
  await sound.says('No, goodbye.');
  await sound.closed;
  caller.send({ do: 'stream-over' });
  assert.deepEqual(await caller.closed, [1000, '']);

  const id = String((await caller.until(({ tell }) => tell === 'call'))['id']);
  const { transcript, endReason } = (await ask('GET', `/api/v1/calls/${id}`)).json;
  assert.equal(endReason, 'completed');
  const story = transcript.find(({ meant }) => meant?.startsWith('Once upon'));
  assert.ok(story && story.heard && story.meant?.startsWith(story.heard) && story.heard !== story.meant);
  const { items } = (await ask('GET', '/api/v1/messages')).json;
  assert.deepEqual([items[0]?.callId, /call me back/.test(items[0]?.body ?? '')], [id, true]);
});

test('the stream of a call opens once, for who shows its token, and ends with the call', async (t) => {
  const { product, cookie, dial, listen } = await spoken(t);
  const caller = await dial();
  caller.send(talking);
  const { offer, sound } = await listen(caller);
  await sound.hears(/How can I help/);
  const again = await webSound(t, product.url, { cookie, offer });
  assert.deepEqual(await again.closed, [1008, 'stream-token-invalid']);
  const parameters = { token: `${String(offer.parameters['token']).slice(0, -2)}AA` };
  const forged = await webSound(t, product.url, { cookie, offer: { ...offer, parameters } });
  assert.deepEqual(await forged.closed, [1008, 'stream-token-invalid']);
  await assert.rejects(webSound(t, product.url, { cookie: 'sotto=x', offer }), /401/);
  await assert.rejects(webSound(t, product.url, { cookie, offer, origin: 'https://elsewhere.example' }), /403/);
  // The page is gone; a stream that somebody keeps open all the same is not listened to.
  caller.leave();
  await sound.closed;
});

test('a spoken call whose model is lost goes on by text, with the question that waits', async (t) => {
  const { standIn, ask, dial, listen } = await spoken(t);
  const caller = await dial();
  caller.send(talking);
  const { sound } = await listen(caller);
  await sound.hears(/How can I help/);
  standIn.faults.plan({ at: 'turn', deed: { do: 'drop' }, times: 9 });
  standIn.faults.plan({ at: 'handshake', deed: { do: 'refuse', status: 503 }, times: 9 });
  void sound.says('Please take a message.');
  await sound.closed;
  caller.send({ do: 'stream-over' });
  await caller.until(({ tell, channel }) => tell === 'state' && channel === 'relay');
  await caller.hears(/message|moment/i);
  await caller.hears(/\?/);
  caller.send({ do: 'hang-up' });
  await caller.closed;
  const id = String((await caller.until(({ tell }) => tell === 'call'))['id']);
  assert.equal((await ask('GET', `/api/v1/calls/${id}`)).json.endReason, 'caller-hung-up');
});

test('an agent that talks can be typed to all the same', async (t) => {
  const { dial } = await spoken(t);
  const caller = await dial();
  caller.send({ ...talking, by: 'typing' });
  await caller.hears(/AI assistant/);
  await caller.until(({ tell, channel }) => tell === 'state' && channel === 'relay');
  await caller.hears(/\?/);
  caller.leave();
});
