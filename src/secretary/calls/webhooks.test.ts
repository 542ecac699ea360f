import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#base';
import { parrot } from '../../../test/parrot.ts';
import { signedWebhook } from '../../../test/signed-ring.ts';
import { world, type World } from '../../../test/world.ts';

const callSid = `CA${'1'.repeat(32)}`;

/** Posts a form as the demo's carrier account, truly signed unless another key is given. */
function post(w: World, path: string, fields: Record<string, string>, authToken = w.demo.twilio.authToken) {
  const account = { accountSid: w.demo.twilio.accountSid, authToken };
  return w.app.server.inject(signedWebhook({ origin: w.url, account }, path, { CallSid: callSid, ...fields }));
}

const ringing = { From: '+14155550132', To: '+15005550006', CallStatus: 'ringing', Direction: 'inbound' };
const ring = (w: World, more = {}) => post(w, '/carriers/twilio/voice', { ...ringing, ...more });
const calls = async (w: World) => (await w.api('/api/v1/calls')).json.items;

test('a ring is answered with the disclosure first and then a relay whose token is in no URL', async (t) => {
  const w = await world(t, { model: parrot });
  const { status, body, headers } = await ring(w);
  assert.equal(status, 200);
  assert.match(String(headers['content-type']), /xml/);
  assert.match(body, /^[^]*<Say[^>]*>[^<]*AI assistant[^<]*<\/Say><Connect/);
  const token = /<Parameter name="token" value="([^"]+)"/.exec(body)?.[1] ?? '';
  assert.ok(token.length > 40);
  assert.ok(!body.replace(`value="${token}"`, '').includes(token));
});

test('a repeated ring gets the very same answer and makes no second call', async (t) => {
  const w = await world(t, { model: parrot });
  const both = await Promise.all([ring(w), ring(w)]);
  const later = await ring(w);
  assert.equal(both[0]?.body, both[1]?.body);
  assert.equal(later.body, both[0]?.body);
  assert.equal((await calls(w)).length, 1);
});

test('a webhook without a right signature is refused and leaves nothing behind', async (t) => {
  const w = await world(t, { model: parrot });
  const wrong = await post(w, '/carriers/twilio/voice', ringing, 'f'.repeat(32));
  assert.equal(wrong.status, 403);
  assert.equal((wrong.json() as { code: string }).code, 'signature-invalid');
  const stranger = await ring(w, { AccountSid: `AC${'0'.repeat(32)}` });
  assert.equal(stranger.status, 403);
  assert.deepEqual(await calls(w), []);
});

test('a number that is not ours is refused by name, but only to someone who signed', async (t) => {
  const w = await world(t, { model: parrot });
  const unknown = await ring(w, { To: '+15005550001' });
  assert.equal(unknown.status, 404);
  assert.equal((unknown.json() as { code: string }).code, 'number-unknown');
  const unsigned = await post(w, '/carriers/twilio/voice', { ...ringing, To: '+15005550001' }, 'f'.repeat(32));
  assert.equal(unsigned.status, 403);
});

test('a hang-up before the opening was heard ends the call, and the transcript says that nobody knows what was heard', async (t) => {
  const w = await world(t, { model: parrot });
  await ring(w);
  const told = await post(w, '/carriers/twilio/status', {
    CallStatus: 'completed',
    CallbackSource: 'call-progress-events',
    SequenceNumber: '3',
  });
  assert.equal(told.status, 200);
  const call = await w.lastCall();
  assert.equal(call.endReason, 'caller-hung-up');
  assert.equal(call.disclosedAt, null);
  assert.equal(call.transcript.length, 1);
  assert.equal(call.transcript[0]?.kind, 'disclosure');
  assert.equal(call.transcript[0]?.heard, null);
  const replayed = await ring(w);
  assert.match(replayed.body, /<Hangup/);
  assert.doesNotMatch(replayed.body, /token/);
});

test('a relay that never opens is offered again under a new token, and then the call goes by gather', async (t) => {
  const w = await world(t, { model: parrot });
  const token = (body: string) => /value="([^"]+)"/.exec(body)?.[1];
  const turn = (body: string) => /relay-ended\?turn=(\d+)/.exec(body)?.[1];
  const first = await ring(w);
  const ended = { SessionStatus: 'failed', SessionId: 'VX1', CallStatus: 'in-progress' };
  const second = await post(w, `/carriers/twilio/relay-ended?turn=${turn(first.body)}`, ended);
  assert.notEqual(token(second.body), token(first.body));
  const again = await post(w, `/carriers/twilio/relay-ended?turn=${turn(first.body)}`, ended);
  assert.equal(again.body, second.body, 'the repetition is answered the same');
  const third = await post(w, `/carriers/twilio/relay-ended?turn=${turn(second.body)}`, ended);
  assert.match(third.body, /<Gather/);
});

test('a call can be led by gather alone: words, keys, silence, a tool and goodbye', async (t) => {
  // Nothing waits here but the limit on thinking, after which the caller is asked to: at its length the machine may be busy.
  const w = await world(t, { model: parrot, speed: 1 });
  await w.ctx.db.tenant(w.demo.organisation, async (tx) => {
    await tx.run(sql`update app.agents set speech = 'gather' where organisation_id = ${w.demo.organisation}`);
  });
  const next = (body: string) =>
    /action="[^"]*(\/carriers\/[^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? 'none';
  const rung = await ring(w);
  assert.match(rung.body, /AI assistant[^]*How can I help\?[^]*<Gather/);
  const said = await post(w, next(rung.body), {
    SpeechResult: 'message my card is 4111 1111 1111 1111',
    Confidence: '0.9',
  });
  assert.match(said.body, /Done: take-message/);
  const repeated = await post(w, next(rung.body), {
    SpeechResult: 'message my card is 4111 1111 1111 1111',
    Confidence: '0.9',
  });
  assert.equal(repeated.body, said.body);
  const keyed = await post(w, next(said.body), { Digits: '42' });
  assert.match(keyed.body, /You keyed 42/);
  const silent = await post(w, next(keyed.body), {});
  assert.match(silent.body, /Are you there\? 1/);
  const bye = await post(w, next(silent.body), { SpeechResult: 'bye' });
  assert.match(bye.body, /Goodbye\.[^]*<Hangup/);
  const { items } = (await w.api('/api/v1/messages')).json;
  assert.equal(items.length, 1, 'the repetition took no second message');
  assert.equal(items[0]?.body, 'my card is [card]');
  const call = await w.lastCall();
  assert.equal(call.state, 'ended');
  assert.ok(call.disclosedAt);
});

test('a call opens under its id in capitals too, which is the same id', async (t) => {
  const w = await world(t, { model: parrot });
  await ring(w);
  const { id } = (await calls(w))[0]!;
  const { status, json } = await w.api(`/api/v1/calls/${id.toUpperCase()}`);
  assert.deepEqual([status, (json as { id: string }).id], [200, id]);
});
