import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openHttp, Personal, problem, readConfig } from '#base';
import { requestsOnly } from '../../../../test/requests-only.ts';
import { twilioStore, type StoreFault, type TwilioStore } from '../../../../test/twilio-store.ts';
import type { Erasing, HeldThere } from '../carrier.ts';
import { carrierNamed, carriers } from '../catalogue.ts';

const list = await carriers();
const twilio = carrierNamed(list, 'twilio');
const call = `CA${'1'.repeat(32)}`;
const leg = `CA${'2'.repeat(32)}`;
const other = `CA${'3'.repeat(32)}`;
const recording = (n: number) => `RE${String(n).repeat(32)}`;
const transcription = (n: number) => `TR${String(n).repeat(32)}`;

/** A store with a call that was put through, recorded twice and transcribed, and with somebody else's. */
async function stored(t: TestContext, how: { readonly token?: string } = {}) {
  const store = await twilioStore(t);
  store.calls.set(call, { sid: call, parent_call_sid: null });
  store.calls.set(leg, { sid: leg, parent_call_sid: call });
  store.calls.set(other, { sid: other, parent_call_sid: null });
  store.recordings.set(recording(1), { sid: recording(1), call_sid: call });
  store.recordings.set(recording(2), { sid: recording(2), call_sid: leg });
  store.recordings.set(recording(3), { sid: recording(3), call_sid: other });
  store.transcriptions.set(transcription(1), { sid: transcription(1), recording_sid: recording(1) });
  store.transcriptions.set(transcription(3), { sid: transcription(3), recording_sid: recording(3) });
  const config = readConfig({ SOTTO_TWILIO_BASE_URL: store.url });
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  const account = { accountSid: store.account, authToken: new Personal(how.token ?? store.token) };
  const erase = (held: HeldThere = { item: 'call', name: call }) => twilio.erase!({ http, config }, account, held);
  return { store, erase };
}

const others = (store: TwilioStore) =>
  store.calls.has(other) && store.recordings.has(recording(3)) && store.transcriptions.has(transcription(3));

test('all that was made of a call goes, and the next look finds nothing of it and nothing else missing', async (t) => {
  const { store, erase } = await stored(t);
  assert.deepEqual(await erase(), { result: 'asked', removed: 5, status: 204 });
  assert.equal(store.left(), 3);
  const before = store.asked.length;
  assert.deepEqual(await erase(), { result: 'gone', removed: 0, status: 404 });
  assert.ok(others(store));
  assert.ok(store.asked.slice(before).every((line) => line.startsWith('GET ')));
});

test('what would no longer be found goes last: transcriptions, recordings, the other leg, the call', async (t) => {
  const { store, erase } = await stored(t);
  await erase();
  const deleted = store.asked.filter((line) => line.startsWith('DELETE ')).map((line) => line.split('/')[1]);
  assert.deepEqual(deleted, ['Transcriptions', 'Recordings', 'Recordings', 'Calls', 'Calls']);
  assert.ok(store.asked.at(-1)?.includes(call));
});

test('wherever it is broken off, done again it leaves nothing, and says gone no sooner', async (t) => {
  const whole = await stored(t);
  await whole.erase();
  await whole.erase();
  const requests = whole.store.asked.length;
  assert.ok(requests > 15, `${requests} requests`);
  for (const fault of ['cut', 'lost'] as const) {
    for (let at = 0; at < requests; at += 1) {
      const { store, erase } = await stored(t);
      store.fate = (before) => (before === at ? fault : undefined);
      for (let looks = 0; looks < 4 && (await erase()).result !== 'gone'; looks += 1);
      assert.equal(store.left(), 3, `${fault} at ${at}`);
      assert.ok(others(store), `${fault} at ${at}`);
    }
  }
});

test('a recording that appears later is found by the call that is gone already', async (t) => {
  const { store, erase } = await stored(t);
  await erase();
  store.recordings.set(recording(4), { sid: recording(4), call_sid: call });
  assert.deepEqual(await erase(), { result: 'asked', removed: 1, status: 404 });
  assert.equal((await erase()).result, 'gone');
});

test('what is still there after its deletion was taken is not gone', async (t) => {
  for (const shelf of ['recordings', 'transcriptions', 'calls'] as const) {
    const { store, erase } = await stored(t);
    const [name, one] = [...store[shelf]][0]!;
    store[shelf].set(name, { ...one, isStubborn: true });
    for (let look = 0; look < 4; look += 1) assert.equal((await erase()).result, 'asked', shelf);
    store[shelf].set(name, one);
    await erase();
    assert.equal((await erase()).result, 'gone', shelf);
    assert.ok(others(store));
  }
});

test('what the carrier is not done with is for later, and nothing that names it goes before', async (t) => {
  const { store, erase } = await stored(t);
  store.recordings.set(recording(1), { sid: recording(1), call_sid: call, isUnfinished: true });
  assert.equal((await erase()).result, 'too-early');
  assert.ok(store.calls.has(call) && store.calls.has(leg));
});

test('every refusal means one thing, and none of them is gone', async (t) => {
  const cases: readonly (readonly [StoreFault, Omit<Erasing, 'removed' | 'status'>])[] = [
    [{ status: 401, code: 20_003 }, { result: 'key-refused' }],
    [{ status: 401, code: 20_005 }, { result: 'not-active' }],
    [{ status: 403, code: 10_001 }, { result: 'not-active' }],
    [{ status: 403, code: 20_008 }, { result: 'no-permission' }],
    [
      { status: 429, code: 20_429, retryAfter: 7 },
      { result: 'busy', retryAfterMs: 7_000 },
    ],
    [{ status: 429, code: 20_429 }, { result: 'busy' }],
    [
      { status: 503, retryAfter: 2 },
      { result: 'busy', retryAfterMs: 2_000 },
    ],
    [{ status: 500, body: '<html>' }, { result: 'busy' }],
    [{ status: 404, body: '<html>' }, { result: 'not-understood' }],
    [{ status: 404, code: 20_404 }, { result: 'key-refused' }],
    [{ status: 400, code: 20_001 }, { result: 'not-understood' }],
    [{ status: 200, body: '{}' }, { result: 'not-understood' }],
    [{ status: 200, body: '{"recordings":[{"sid":"RE../../x","call_sid":"y"}]}' }, { result: 'not-understood' }],
    [{ status: 302 }, { result: 'unreachable' }],
    ['cut', { result: 'unreachable' }],
  ];
  for (const [fault, expected] of cases) {
    const { store, erase } = await stored(t);
    store.fate = (before) => (before === 0 ? fault : undefined);
    const { removed, status: _, ...said } = await erase();
    assert.deepEqual([said, removed], [expected, 0], JSON.stringify(fault));
    assert.equal(store.left(), 8);
  }
});

test('a server that does not heed the filter has nothing deleted', async (t) => {
  const { store, erase } = await stored(t);
  const all = JSON.stringify({ recordings: [...store.recordings.values()] });
  store.fate = (before) => (before === 0 ? { status: 200, body: all } : undefined);
  assert.equal((await erase()).result, 'not-understood');
  assert.equal(store.left(), 8);
});

test('another token deletes nothing', async (t) => {
  const { store, erase } = await stored(t, { token: 'c3'.repeat(16) });
  assert.deepEqual(await erase(), { result: 'key-refused', removed: 0, status: 401 });
  assert.equal(store.left(), 8);
});

test('a message goes with its media, and only with its own', async (t) => {
  const { store, erase } = await stored(t);
  const [message, foreign] = [`SM${'1'.repeat(32)}`, `SM${'2'.repeat(32)}`];
  for (const [n, sid] of [message, foreign].entries()) {
    store.messages.set(sid, { sid });
    store.media.set(`ME${n}${n}`, { sid: `ME${n}${n}`, parent_sid: sid });
  }
  const held = { item: 'message', name: message } as const;
  assert.deepEqual(await erase(held), { result: 'asked', removed: 2, status: 204 });
  assert.deepEqual(await erase(held), { result: 'gone', removed: 0, status: 404 });
  assert.deepEqual([...store.messages.keys(), ...store.media.keys()], [foreign, 'ME11']);
});

test('every request has a deadline, and one that passes it is unreachable', async () => {
  const deadlines: (number | undefined)[] = [];
  const http = requestsOnly(async (_to, { withinMs }) => {
    deadlines.push(withinMs);
    throw new DOMException('too late', 'TimeoutError');
  });
  const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: new Personal('x') };
  const said = await twilio.erase!({ http, config: readConfig({}) }, account, { item: 'call', name: call });
  assert.deepEqual([said, deadlines], [{ result: 'unreachable', removed: 0, status: undefined }, [10_000]]);
});

test('a refusal of our own stays one, and the emulated carrier has nothing to delete', async () => {
  const ours = problem('host-not-listed', 'Not there.');
  const http = requestsOnly(() => Promise.reject(ours));
  const account = { accountSid: `AC${'1'.repeat(32)}`, authToken: new Personal('x') };
  const erasing = twilio.erase!({ http, config: readConfig({}) }, account, { item: 'call', name: call });
  await assert.rejects(erasing, ours);
  assert.equal(carrierNamed(list, 'emulator').erase, undefined);
});
