import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { isProblem, Personal } from '#base';
import { assertSaysWhatStays } from '../../../test/keeps.ts';
import type { Answer, Carrier, CarrierEvent, RelayEvent, SignedRequest, WebhookKind } from './carrier.ts';
import { carrierNamed, carriers } from './catalogue.ts';
import { readOrder } from './emulator/relay-orders.ts';
import { readVerbs } from './emulator/verbs.ts';

type Webhook = { kind: WebhookKind; url: string; authToken: string; signature: string; body: string; event: object };
type Recorded = { date: string; apiVersion: string } & (Webhook | { frames: { text: string; event: object }[] });

const kinds: readonly WebhookKind[] = ['voice', 'heard', 'next', 'relay-ended', 'transfer-ended', 'status'];
const relayTypes: readonly RelayEvent['type'][] = [
  'setup',
  'prompt',
  'digit',
  'interrupt',
  'played',
  'error',
  'unknown',
];
const language = 'en-US';
const thenUrl = 'https://phone.sotto.example/carriers/x/heard?turn=1&a=2';
const socketUrl = 'wss://phone.sotto.example/sockets/x';

function recorded(id: string): readonly (Recorded & { name: string })[] {
  const folder = join(import.meta.dirname, 'fixtures', id);
  return readdirSync(folder).map((name) => ({
    name,
    ...(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded),
  }));
}

function webhooks(id: string): readonly (Webhook & { name: string })[] {
  return recorded(id).filter((one) => 'body' in one);
}

function requestOf({ url, body, signature }: Webhook): SignedRequest {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': signature,
  };
  return { url, headers, rawBody: Buffer.from(body) };
}

/** The event as it is written in a fixture: revealed, and null where nothing was given. */
function plain(event: CarrierEvent | RelayEvent): object {
  const shown = (value: unknown) => (value instanceof Personal ? value.reveal() : (value ?? null));
  return Object.fromEntries(Object.entries(event).map(([name, value]) => [name, shown(value)]));
}

const list = await carriers();

test('a carrier is found by the name of its file, and no other', () => {
  for (const { id, item } of list) assert.equal(carrierNamed(list, id), item);
  assert.throws(
    () => carrierNamed(list, '../twilio'),
    (error) => isProblem(error, 'vendor-unknown'),
  );
});

for (const { id, item: carrier } of list) {
  test(`${id}: every recorded webhook is verified and read, and there is one of each kind`, () => {
    for (const fixture of webhooks(id)) {
      const request = requestOf(fixture);
      assert.ok(carrier.verify(request, new Personal(fixture.authToken)), fixture.name);
      assert.deepEqual(plain(carrier.read(request, fixture.kind)), fixture.event, fixture.name);
      assert.match(carrier.hint(request)?.account ?? '', /^AC/);
      assert.equal(carrier.hint(request)?.dialled, '+15005550010');
    }
    assert.deepEqual(
      kinds.filter((kind) => !webhooks(id).some((one) => one.kind === kind)),
      [],
    );
    for (const one of recorded(id)) assert.match(`${one.date} ${one.apiVersion}`, /^\d{4}-\d\d-\d\d \S+$/, one.name);
  });

  test(`${id}: every recorded relay message is read, and there is one of each type`, () => {
    const frames = recorded(id).flatMap((one) => ('frames' in one ? one.frames : []));
    const read = frames.map(({ text, event }) => {
      const found = carrier.readRelay(text);
      assert.deepEqual(plain(found), event);
      return found.type;
    });
    assert.deepEqual(
      relayTypes.filter((type) => !read.includes(type)),
      [],
    );
  });

  test(`${id}: a webhook is refused unsigned, signed with another key, for another URL or with another body`, () => {
    for (const fixture of webhooks(id)) {
      const right = requestOf(fixture);
      const key = new Personal(fixture.authToken);
      const unsigned = { ...right.headers, 'x-twilio-signature': undefined };
      const { signature } = fixture;
      const wrong: readonly SignedRequest[] = [
        { ...right, headers: unsigned },
        { ...right, headers: { ...right.headers, 'x-twilio-signature': signature.slice(0, -2) } },
        { ...right, headers: { ...right.headers, 'x-twilio-signature': `${signature}=` } },
        { ...right, url: right.url.replace('/carriers/', '/carrier/') },
        { ...right, url: right.url.replace('https:', 'http:') },
        { ...right, url: right.url.replace('.example', '.example.test') },
        { ...right, url: `${right.url}${right.url.includes('?') ? '&' : '?'}turn=9` },
        { ...right, rawBody: Buffer.from(`${fixture.body}&Extra=1`) },
        { ...right, rawBody: Buffer.from(fixture.body.replace('CallSid=CA0', 'CallSid=CA1')) },
        { ...right, rawBody: Buffer.from('') },
      ];
      wrong.forEach((request, at) => assert.equal(carrier.verify(request, key), false, `${fixture.name} ${at}`));
      const others = [fixture.authToken.replace('0', '1'), fixture.authToken.slice(1), ''];
      for (const other of others) assert.ok(!carrier.verify(right, new Personal(other)), fixture.name);
    }
  });

  test(`${id}: the order of parameters is not signed and does not change the verdict`, () => {
    for (const fixture of webhooks(id)) {
      const turned = { ...fixture, body: fixture.body.split('&').toReversed().join('&') };
      assert.ok(carrier.verify(requestOf(turned), new Personal(fixture.authToken)));
    }
  });

  test(`${id}: every answer is read back as what it was meant to be, in its order`, () => {
    const answer: Answer = [
      { do: 'say', text: 'I am an AI <assistant> & "friend".\u0000\uD800', language },
      { do: 'press', digits: '1w#D' },
      { do: 'relay', socketUrl, token: 't<o>ken', language: 'es', thenUrl },
      { do: 'gather', thenUrl, language, expect: 'digits', waitS: 7 },
      { do: 'transfer', to: '+15005550009', callerId: '+15005550006', thenUrl, waitS: 20 },
      { do: 'ask-next', thenUrl },
      { do: 'reject', reason: 'busy' },
      { do: 'hang-up' },
    ];
    const { contentType, body } = carrier.render(answer);
    assert.match(contentType, /xml/);
    const action = thenUrl;
    const relay = { verb: 'relay', socketUrl, language: 'es-US', interruptible: true, keypad: true, tellsPlayed: true };
    const gather = { verb: 'gather', speech: true, digits: true, waitS: 7, finishOnKey: '#', tellsSilence: true };
    assert.deepEqual(readVerbs(body), [
      { verb: 'say', text: 'I am an AI <assistant> & "friend".', language },
      { verb: 'press', digits: '1w#D' },
      { ...relay, parameters: { token: 't<o>ken' }, action },
      { ...gather, action, prompts: [] },
      { verb: 'dial', to: '+15005550009', callerId: '+15005550006', waitS: 20, action },
      { verb: 'redirect', url: thenUrl },
      { verb: 'reject', reason: 'busy' },
      { verb: 'hang-up' },
    ]);
  });

  test(`${id}: keys pressed over the relay arrive as those keys`, () => {
    for (const digits of ['1', '0123456789*#', '9www4085551212'])
      assert.deepEqual(readOrder(carrier.writeRelay({ do: 'press', digits }), true), { do: 'press', digits });
  });

  test(`${id}: whatever is said, the disclosure before it stays whole and first`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const steps: Answer = [
          { do: 'say', text: 'You are talking to an AI assistant.', language },
          { do: 'say', text, language },
          { do: 'relay', socketUrl, token: `t${text}`, language, thenUrl },
        ];
        const verbs = readVerbs(carrier.render(steps).body);
        assert.ok(verbs[0]?.verb === 'say' && verbs[0].text === 'You are talking to an AI assistant.');
        assert.equal(verbs.at(-1)?.verb, 'relay');
      }),
    );
  });

  test(`${id}: a socket in the clear is offered on this machine only, and never with a query`, () => {
    const offer = (url: string) => () =>
      carrier.render([{ do: 'relay', socketUrl: url, token: 't', language, thenUrl }]);
    for (const url of ['ws://phone.sotto.example/s', 'https://phone.sotto.example/s', `${socketUrl}?token=t`]) {
      assert.throws(offer(url), /wss/, url);
    }
    assert.doesNotThrow(offer('ws://127.0.0.1:8080/sockets/x'));
  });

  test(`${id}: says who it is and what it gets to see`, () => {
    const { name, purpose, data, region, hosts } = carrier.processor;
    assert.ok(name && purpose && region);
    assert.equal(data.length > 0, hosts.length > 0, 'hosts outside get data, and only those');
  });

  test(`${id}: says what stays there, for how long and who says so, and deletes whatever it says can be deleted`, () => {
    assertSaysWhatStays(carrier.processor);
    const isDeletable = carrier.processor.keeps.some(({ deletable }) => deletable);
    assert.equal(carrier.erase !== undefined, isDeletable);
  });

  test(`${id}: random bytes are refused as a problem, never as a crash`, () => {
    const key = new Personal('key');
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
    const form = fc.array(fc.tuple(fc.constantFrom('CallSid', 'AccountSid', 'To', 'SequenceNumber', 'x'), fc.string()));
    const rawBody = fc.oneof(
      bytes,
      form.map((pairs) => Buffer.from(new URLSearchParams(pairs).toString())),
    );
    const header = fc.oneof(fc.string(), fc.constantFrom(undefined, 'application/x-www-form-urlencoded'));
    const headers = fc.record({ 'content-type': header, 'x-twilio-signature': header });
    const url = fc.webQueryParameters().map((query) => `https://phone.sotto.example/carriers/x/voice?${query}`);
    fc.assert(
      fc.property(fc.record({ url, headers, rawBody }), fc.constantFrom(...kinds), (request, kind) => {
        onlyProblems(() => carrier.hint(request));
        onlyProblems(() => assert.equal(carrier.verify(request, key), false));
        onlyProblems(() => carrier.read(request, kind));
        onlyProblems(() => assert.equal(carrier.verifyUpgrade(request, key), false));
        onlyProblems(() => carrier.readRelay(request.rawBody.toString('utf8')));
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.json(), fc.dictionary(fc.string(), fc.jsonValue()), (json, rest) => {
        onlyProblems(() => carrier.readRelay(json));
        for (const type of ['setup', 'prompt', 'dtmf', 'interrupt', 'info', 'error']) {
          onlyProblems(() => carrier.readRelay(JSON.stringify({ ...rest, type })));
        }
      }),
    );
  });

  relayLimits(id, carrier);
}

function relayLimits(id: string, carrier: Carrier): void {
  test(`${id}: a relay message too large, too deep or no object is malformed`, () => {
    const deep = `{"type":"x","a":${'['.repeat(9)}${']'.repeat(9)}}`;
    const large = JSON.stringify({ type: 'prompt', voicePrompt: 'ü'.repeat(9_000) });
    for (const text of [
      '',
      'null',
      '[]',
      '"setup"',
      '{}',
      '{"type":1}',
      deep,
      large,
      '['.repeat(16_000),
      '"\\'.repeat(8_000),
    ]) {
      assert.throws(
        () => carrier.readRelay(text),
        (error) => isProblem(error, 'frame-malformed'),
        text.slice(0, 40),
      );
    }
    const nested = carrier.readRelay(`{"type":"x","text":"${'['.repeat(50)}","a":[[[]]]}`);
    assert.equal(nested.type, 'unknown');
  });
}

function onlyProblems(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!isProblem(error)) throw error;
  }
}
