import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import twilio from 'twilio';
import { isProblem, Personal } from '#base';
import { signature, verify, verifyUpgrade } from './signature.ts';

const token = '0123456789abcdef0123456789abcdef';
const secret = new Personal(token);
const voiceUrl = 'https://hooks.sotto.example/twilio/voice?tenant=t1';
const voice = {
  AccountSid: 'AC00000000000000000000000000000001',
  ApiVersion: '2010-04-01',
  CallSid: 'CA00000000000000000000000000000001',
  CallStatus: 'ringing',
  Direction: 'inbound',
  From: '+15005550006',
  To: '+15005550010',
};

function posted(url: string, body: string, given: string | undefined, type = 'application/x-www-form-urlencoded') {
  const headers = { 'content-type': type, ...(given === undefined ? {} : { 'x-twilio-signature': given }) };
  return { url, headers, rawBody: Buffer.from(body) };
}

const form = new URLSearchParams(voice).toString();

test('the worked example of a form is verified, whether signed with or without the standard port', () => {
  assert.ok(verify(posted(voiceUrl, form, '4mBuiJmD1af1rFJ7C9zqZnbgkM0='), secret));
  assert.ok(verify(posted(voiceUrl, form, 'mgNnqpUnTBRJhqqkhR+201B+sTQ='), secret));
  const withPort = voiceUrl.replace('.example/', '.example:443/');
  assert.ok(verify(posted(withPort, form, '4mBuiJmD1af1rFJ7C9zqZnbgkM0='), secret));
});

test('any port of an https URL may be left out of the signature, that of an http URL only when it is 80', () => {
  const given = (url: string) => twilio.getExpectedTwilioSignature(token, url, voice);
  const holds = (url: string, signed: string) => verify(posted(url, form, given(signed)), secret);
  assert.ok(holds('https://phone.sotto.example:8443/v', 'https://phone.sotto.example/v'));
  assert.ok(holds('http://127.0.0.1:8080/v', 'http://127.0.0.1:8080/v'));
  assert.ok(holds('http://phone.sotto.example/v', 'http://phone.sotto.example:80/v'));
  assert.ok(!holds('http://127.0.0.1:8080/v', 'http://127.0.0.1/v'));
  assert.ok(!holds('https://phone.sotto.example/v', 'https://phone.sotto.example:8443/v'));
  assert.ok(!holds('https://phone.sotto.example:8443/v', 'https://phone.sotto.example:443/v'));
});

test('the worked example of a JSON body is verified by its hash in the URL, and not with one byte changed', () => {
  const hash = 'd9ebad0e2d163e7622173b8e9fba323bda68ed96076714f81b04f5cce595e40d';
  const url = `https://hooks.sotto.example/twilio/json?bodySHA256=${hash}`;
  const given = 'QBmECWlzGZrMpg+pkbzJ/TbnO4s=';
  assert.ok(verify(posted(url, '{"type":"com.example","id":"1"}', given, 'application/json'), secret));
  assert.ok(!verify(posted(url, '{"type":"com.example","id":"2"}', given, 'application/json'), secret));
});

test('a body that is no form counts as unsigned unless its hash is in the URL', () => {
  const url = 'https://hooks.sotto.example/twilio/json';
  assert.ok(!verify(posted(url, '{}', signature(secret, url), 'application/json'), secret));
  assert.ok(!verify(posted(url, 'a=1', signature(secret, url, new Map([['a', ['1']]])), 'text/plain'), secret));
});

test('the worked example of a handshake is verified, from the wss or the https spelling, with or without end slash', () => {
  const headers = { 'x-twilio-signature': 'FgDufZinrrkmyh4c0zHgMDP3h+M=' };
  for (const url of ['wss://media.sotto.example/stream', 'https://media.sotto.example/stream']) {
    assert.ok(verifyUpgrade({ url, headers }, secret), url);
    assert.ok(verifyUpgrade({ url: `${url}/`, headers }, secret), `${url}/`);
  }
  assert.ok(!verifyUpgrade({ url: 'wss://media.sotto.example/streams', headers }, secret));
  assert.ok(!verifyUpgrade({ url: 'ws://media.sotto.example/stream', headers }, secret));
});

test('a signature of a webhook does not open a socket at the same address', () => {
  const headers = { 'x-twilio-signature': signature(secret, 'https://media.sotto.example/stream') };
  assert.ok(!verifyUpgrade({ url: 'wss://media.sotto.example/stream', headers }, secret));
});

test('missing, doubled, empty, short and long signatures are refused', () => {
  const right = '4mBuiJmD1af1rFJ7C9zqZnbgkM0=';
  for (const given of [undefined, '', right.slice(1), `${right}=`, `${right} `, 'Ä'.repeat(14)]) {
    assert.ok(!verify(posted(voiceUrl, form, given), secret), String(given));
  }
  const doubled = { ...posted(voiceUrl, form, right), headers: { 'x-twilio-signature': [right, right] } };
  assert.ok(
    !verify(
      { ...doubled, headers: { ...doubled.headers, 'content-type': 'application/x-www-form-urlencoded' } },
      secret,
    ),
  );
});

const word = fc.string({ unit: 'grapheme', maxLength: 12 });
const params = fc.array(fc.tuple(word, word), { maxLength: 12 });

function asRecord(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of pairs) record[name] = name in record ? [record[name]!, value].flat() : value;
  return record;
}

test("every form signed by the carrier's own library is verified, and signed alike by us", () => {
  fc.assert(
    fc.property(params, fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }), (pairs, url) => {
      fc.pre(!url.includes('bodySHA256'));
      const expected = twilio.getExpectedTwilioSignature(token, url, asRecord(pairs));
      const body = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
      assert.ok(verify(posted(url, body, expected), secret));
      assert.ok(twilio.validateRequest(token, signature(secret, url, fieldsOf(pairs)), url, asRecord(pairs)));
    }),
  );
});

test('a changed parameter, a changed URL or another key makes the signature worthless', () => {
  const given = twilio.getExpectedTwilioSignature(token, voiceUrl, voice);
  const other = {
    url: fc.constantFrom(voiceUrl, `${voiceUrl}2`, 'https://hooks.sotto.example/twilio/voice'),
    to: word,
  };
  fc.assert(
    fc.property(other.url, other.to, (url, To) => {
      const body = new URLSearchParams({ ...voice, To }).toString();
      assert.equal(verify(posted(url, body, given), secret), url === voiceUrl && To === voice.To);
    }),
  );
  assert.ok(!verify(posted(voiceUrl, form, given), new Personal(token.replace('0', '1'))));
});

test('the order of the parameters does not matter, because the signature sorts them', () => {
  const given = twilio.getExpectedTwilioSignature(token, voiceUrl, voice);
  const turned = new URLSearchParams(Object.entries(voice).toReversed()).toString();
  assert.ok(verify(posted(voiceUrl, turned, given), secret));
});

test('a form that two readers could read differently is malformed, not verified', () => {
  const many = Array.from({ length: 1_001 }, (_, at) => `p${at}=1`).join('&');
  for (const body of ['a=%', 'a=%4', 'a=%zz', 'a=%ff', 'a=%C3%28', many]) {
    assert.throws(
      () => verify(posted(voiceUrl, body, 'x'), secret),
      (error) => isProblem(error, 'body-malformed'),
    );
  }
  assert.ok(!verify(posted(voiceUrl, many.slice(0, many.lastIndexOf('&')), 'x'), secret));
});

function fieldsOf(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) fields.set(name, [...(fields.get(name) ?? []), value]);
  return fields;
}
