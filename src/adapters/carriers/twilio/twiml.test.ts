import assert from 'node:assert/strict';
import { test } from 'node:test';
import twilio from 'twilio';
import type { Answer } from '../carrier.ts';
import { parseXml, type Element } from '../emulator/xml.ts';
import { render, renderInline } from './twiml.ts';

const thenUrl = 'https://phone.sotto.example/carriers/twilio/heard?turn=1&x=2';
const language = 'en-GB';

/** Comparable whatever the order of the attributes. */
function sorted({ name, attributes, children }: Element): object {
  const pairs = [...attributes].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { name, pairs, children: children.map((child) => (typeof child === 'string' ? child : sorted(child))) };
}

function same(answer: Answer, make: (response: InstanceType<typeof twilio.twiml.VoiceResponse>) => unknown): void {
  const response = new twilio.twiml.VoiceResponse();
  make(response);
  assert.deepEqual(sorted(parseXml(render(answer).body)), sorted(parseXml(response.toString())));
}

test("every step is the document that the carrier's own library makes", () => {
  same([{ do: 'say', text: 'Tom & "Ann" <x>', language }], (r) => r.say({ language }, 'Tom & "Ann" <x>'));
  same([{ do: 'press', digits: '1w2#*A' }], (r) => r.play({ digits: '1w2#*A' }));
  same([{ do: 'hang-up' }], (r) => r.hangup());
  same([{ do: 'reject', reason: 'busy' }], (r) => r.reject({ reason: 'busy' }));
  const how = { action: thenUrl, method: 'POST', timeout: 5, finishOnKey: '#', actionOnEmptyResult: true };
  const gather = { ...how, language, speechTimeout: 'auto' } as const;
  same([{ do: 'gather', thenUrl, language, expect: 'speech', waitS: 5 }], (r) =>
    r.gather({ ...gather, input: ['speech', 'dtmf'] }),
  );
  same([{ do: 'gather', thenUrl, language, expect: 'digits', waitS: 5 }], (r) =>
    r.gather({ ...gather, input: ['dtmf', 'speech'] }),
  );
  const dial = { callerId: '+15005550006', timeout: 20, answerOnBridge: true, action: thenUrl, method: 'POST' };
  const transfer = { do: 'transfer', callerId: '+15005550006', thenUrl, waitS: 20 } as const;
  same([{ ...transfer, to: '+15005550009' }], (r) => r.dial(dial).number('+15005550009'));
  same([{ ...transfer, to: 'sip:desk@example.com' }], (r) => r.dial(dial).sip('sip:desk@example.com'));
  const socketUrl = 'wss://phone.sotto.example/sockets/twilio';
  same([{ do: 'relay', socketUrl, token: 'a"b', language, thenUrl }], (r) => {
    const languages = { language, ttsLanguage: language, transcriptionLanguage: language };
    const how = { url: socketUrl, ...languages, interruptible: 'any', dtmfDetection: true, events: 'tokens-played' };
    r.connect({ action: thenUrl, method: 'POST' }).conversationRelay(how).parameter({ name: 'token', value: 'a"b' });
  });
  same([{ do: 'stream', socketUrl, token: 'a"b', thenUrl }], (r) => {
    const connect = r.connect({ action: thenUrl, method: 'POST' });
    connect.stream({ url: socketUrl }).parameter({ name: 'token', value: 'a"b' });
  });
});

test('a language without a region gets the usual one, and a text that is none is our mistake', () => {
  assert.match(render([{ do: 'say', text: 'hola', language: 'es' }]).body, /language="es-US"/);
  assert.match(render([{ do: 'say', text: 'hola', language: 'es-MX' }]).body, /language="es-MX"/);
  assert.throws(() => render([{ do: 'say', text: 'x', language: 'en" onload="' }]), /BCP 47/);
});

test('keys that the carrier would not sound are our mistake', () => {
  for (const digits of ['', '1,2', 'a', '1"', ' ', '1'.repeat(33)])
    assert.throws(() => render([{ do: 'press', digits }]), /keys are/, digits);
});

test('words without a sound make no element, because the carrier takes an empty one for an error', () => {
  for (const text of ['', ' \n', '\u0000\u0007']) {
    assert.match(render([{ do: 'say', text, language }]).body, /<Response><\/Response>$/);
  }
});

test('an answer for a live call that the API would not take is our mistake, not a silent cut', () => {
  const long = [{ do: 'say', text: 'a'.repeat(4_000), language }] as const;
  assert.throws(() => renderInline(long), /4000/);
  assert.equal(renderInline([{ do: 'hang-up' }]), render([{ do: 'hang-up' }]).body);
});
