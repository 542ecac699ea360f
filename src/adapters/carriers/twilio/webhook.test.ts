import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '#base';
import type { SignedRequest, WebhookKind } from '../carrier.ts';
import { callerOf, hint, read } from './webhook.ts';

const account = `AC${'1'.repeat(32)}`;
const call = `CA${'2'.repeat(32)}`;
const due = { AccountSid: account, CallSid: call, CallStatus: 'ringing', Direction: 'inbound', To: '+15005550006' };
const url = 'https://phone.sotto.example/carriers/twilio/voice';

function posted(fields: Record<string, string> | string, at = url): SignedRequest {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { url: at, headers, rawBody: Buffer.from(new URLSearchParams(fields).toString()) };
}

const malformed = (error: unknown) => isProblem(error, 'body-malformed');

test('a withheld number is nobody, in every spelling the network gives it', () => {
  const withheld = ['anonymous', 'Anonymous', 'Restricted', 'unknown', '+266696687', '266696687', '+86282452253'];
  const more = ['+7378742833', '+2562533', '+8656696', 'sip:anonymous@anonymous.invalid', '', undefined];
  for (const from of [...withheld, ...more]) assert.equal(callerOf(from), undefined, String(from));
  for (const from of ['+15005550001', 'sip:ann@example.com', 'client:front-desk']) {
    assert.equal(callerOf(from)?.reveal(), from);
  }
});

test('the hint names our own number: the one dialled, or the one an outbound call comes from', () => {
  assert.deepEqual(hint(posted({ ...due, From: '+15005550001' })), { account, dialled: '+15005550006' });
  const outbound = { ...due, Direction: 'outbound-api', From: '+15005550006', To: '+15005550001' };
  assert.deepEqual(hint(posted(outbound)), { account, dialled: '+15005550006' });
  assert.deepEqual(hint(posted({ AccountSid: account })), { account, dialled: undefined });
  for (const To of ['', '\0', '+1500555\u00000006', '+1 500', '９', '9'.repeat(256)]) {
    assert.deepEqual(hint(posted({ ...due, To })), { account, dialled: undefined }, JSON.stringify(To));
  }
  for (const AccountSid of ['', 'A', `AC${'1'.repeat(63)}`, "AC'; drop table calls; --"]) {
    assert.equal(hint(posted({ ...due, AccountSid })), undefined, AccountSid);
  }
});

test('a GET carries its fields in the query, and a POST never does', () => {
  const query = new URLSearchParams({ ...due, From: '+15005550001' });
  const asked = read({ url: `${url}?${query.toString()}`, headers: {}, rawBody: Buffer.of() }, 'voice');
  assert.ok(asked.type === 'ringing' && asked.callId === call);
  const mixed = posted({ AccountSid: account }, `${url}?CallSid=${call}`);
  assert.throws(() => read(mixed, 'status'), malformed);
});

test('what is missing or not what it should be is malformed, and the message quotes no value', () => {
  const wrong: readonly [WebhookKind, Record<string, string>][] = [
    ['voice', { ...due, CallSid: 'CA-private' }],
    ['voice', { ...due, To: '' }],
    ['voice', { ...due, From: 'private'.repeat(1_000) }],
    ['transfer-ended', due],
    ['transfer-ended', { ...due, DialCallStatus: 'private' }],
    ['transfer-ended', { ...due, DialCallStatus: '__proto__' }],
    ['status', { ...due, CallStatus: 'private' }],
    ['status', { ...due, SequenceNumber: '-1' }],
    ['status', { ...due, SequenceNumber: '1e3' }],
  ];
  for (const [kind, fields] of wrong) {
    assert.throws(
      () => read(posted(fields), kind),
      (error) => malformed(error) && !String(error).includes('private'),
      JSON.stringify(fields).slice(0, 200),
    );
  }
  const json = { ...posted(due), headers: { 'content-type': 'application/json' } };
  assert.throws(() => read(json, 'voice'), malformed);
});

test('a parameter given twice is refused when its values differ, and counts once when they agree', () => {
  const twice = `${new URLSearchParams(due).toString()}&CallSid=${call}`;
  assert.equal(read(posted(twice), 'status').callId, call);
  assert.throws(() => read(posted(`${twice}&CallSid=CA${'3'.repeat(32)}`), 'status'), malformed);
  assert.throws(() => hint(posted(`${twice}&To=%2B15005550007`)), malformed);
});

test('a relay that ended because the call is over is told apart from one that ended or failed within it', () => {
  const how = (fields: Record<string, string>) => {
    const event = read(posted({ ...due, ...fields }), 'relay-ended');
    return event.type === 'relay-ended' ? event.how : 'none';
  };
  assert.equal(how({ CallStatus: 'completed', SessionStatus: 'completed' }), 'hung-up');
  assert.equal(how({ CallStatus: 'in-progress', SessionStatus: 'failed' }), 'failed');
  assert.equal(how({ CallStatus: 'in-progress', SessionStatus: 'ended' }), 'completed');
});

test('a stream that ended tells nothing but where the call stands', () => {
  const how = (fields: Record<string, string>) => {
    const event = read(posted({ CallSid: call, ...fields }), 'relay-ended');
    return event.type === 'relay-ended' ? [event.how, event.reason] : [];
  };
  assert.deepEqual(how({ CallStatus: 'in-progress' }), ['completed', undefined]);
  assert.deepEqual(how({}), ['completed', undefined]);
  for (const CallStatus of ['completed', 'failed', 'busy', 'no-answer', 'canceled']) {
    assert.deepEqual(how({ CallStatus }), ['hung-up', undefined], CallStatus);
  }
});

test('only the reason our own `end` gave is taken from a handoff', () => {
  const ended = (HandoffData: string) => read(posted({ ...due, SessionStatus: 'ended', HandoffData }), 'relay-ended');
  assert.deepEqual(ended('{"reason":"goodbye"}'), {
    type: 'relay-ended',
    callId: call,
    how: 'completed',
    reason: 'goodbye',
  });
  for (const other of ['goodbye', 'null', '[]', '{"reason":1}', '{"reason"']) {
    assert.deepEqual(ended(other), { type: 'relay-ended', callId: call, how: 'completed' });
  }
});

test('a status without a sequence number comes first', () => {
  const { CallSid, CallStatus } = due;
  assert.deepEqual(read(posted({ CallSid, CallStatus }), 'status'), {
    type: 'status',
    callId: call,
    status: 'ringing',
    sequence: 0,
  });
});
