import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import Fastify from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  isProblem,
  manualClock,
  openHttp,
  Personal,
  problem,
  readConfig,
  seededRandom,
  systemClock,
  type Http,
} from '#base';
import type {
  Answer,
  Carrier,
  CarrierEvent,
  RelayCommand,
  RelayEvent,
  SignedRequest,
  WebhookKind,
} from '../carrier.ts';
import { carriers } from '../catalogue.ts';
import type { StreamEvent } from '../stream.ts';
import { openExchange } from './exchange.ts';

export const account = {
  accountSid: `AC${'1'.repeat(32)}`,
  authToken: new Personal('0123456789abcdef0123456789abcdef'),
};
export const numbers = { from: '+15005550001', to: '+15005550006' };
export const language = 'en-US';

/** The product's own way out, allowed to reach this machine as the demo allows it. */
export function egress(t: TestContext): Http {
  const http = openHttp({ config: readConfig({}), log: () => {}, extraHosts: ['127.0.0.1'] });
  t.after(() => http.close());
  return http;
}

export type Plan = {
  answer(event: CarrierEvent, request: SignedRequest, urls: Urls): Answer;
  relay?(event: RelayEvent, send: (command: RelayCommand) => void): void;
  stream?(event: StreamEvent, line: StreamLine): void;
  readonly refuseSockets?: true;
};
/** The product's end of a media stream, once it has begun. */
export type StreamLine = {
  audio(bytes: Buffer): void;
  mark(name: string): void;
  clear(): void;
  raw(text: string | Buffer): void;
  close(): void;
};
type Urls = { readonly socketUrl: string; readonly streamUrl: string; at(kind: WebhookKind, query?: string): string };

/** A product as small as it can be: verifies with the carrier's file, answers by plan, each webhook once. */
export async function product(t: TestContext, carrier: Carrier, plan: Plan) {
  const seen: CarrierEvent[] = [];
  const relayed: RelayEvent[] = [];
  const streamed: StreamEvent[] = [];
  const faults: string[] = [];
  const answers = new Map<string, string>();
  const server = Fastify({ forceCloseConnections: true });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_r, body, done) =>
    done(null, body),
  );
  server.post<{ Params: { kind: WebhookKind }; Body: Buffer }>('/carriers/x/:kind', async (incoming, reply) => {
    const asked = { url: origin() + incoming.url, headers: incoming.headers, rawBody: incoming.body };
    if (!carrier.verify(asked, account.authToken)) return reply.status(403).send();
    const key = `${asked.url} ${asked.rawBody.toString('utf8')}`;
    if (!answers.has(key)) {
      const event = carrier.read(asked, incoming.params.kind);
      seen.push(event);
      answers.set(key, carrier.render(plan.answer(event, asked, urls())).body);
    }
    return reply.type('text/xml').send(answers.get(key));
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.server.on('upgrade', (incoming, stream, head) => {
    const url = origin() + (incoming.url ?? '');
    if (plan.refuseSockets || !carrier.verifyUpgrade({ url, headers: incoming.headers }, account.authToken)) {
      stream.destroy();
      return;
    }
    sockets.handleUpgrade(incoming, stream, head, (socket) => {
      const streaming = incoming.url === '/sockets/stream';
      const take = streaming
        ? streamTaker(carrier, plan, streamed, socket)
        : relayTaker(carrier, plan, relayed, socket);
      socket.on('message', (data: Buffer, isBinary) => {
        try {
          if (isBinary) throw problem('binary-refused', 'text was due');
          take(data);
        } catch (error) {
          faults.push(isProblem(error) ? error.code : String(error));
        }
      });
    });
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => {
    for (const socket of sockets.clients) socket.terminate();
    return server.close();
  });
  const origin = () => `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const urls = (): Urls => ({
    socketUrl: `${origin().replace('http', 'ws')}/sockets/x`,
    streamUrl: `${origin().replace('http', 'ws')}/sockets/stream`,
    at: (kind, query = '') => `${origin()}/carriers/x/${kind}${query}`,
  });
  return { origin, seen, relayed, streamed, faults };
}

function relayTaker(carrier: Carrier, plan: Plan, relayed: RelayEvent[], socket: WebSocket) {
  return (data: Buffer) => {
    const event = carrier.readRelay(data.toString('utf8'));
    relayed.push(event);
    plan.relay?.(event, (command) => socket.send(carrier.writeRelay(command)));
  };
}

function streamTaker({ stream }: Carrier, plan: Plan, streamed: StreamEvent[], socket: WebSocket) {
  let id = '';
  const line: StreamLine = {
    audio: (bytes) => socket.send(stream.audio(id, bytes.toString('base64'))),
    mark: (name) => socket.send(stream.mark(id, name)),
    clear: () => socket.send(stream.clear(id)),
    raw: (text) => socket.send(text),
    close: () => socket.close(1_000),
  };
  return (data: Buffer) => {
    const event = stream.read(data);
    streamed.push(event);
    if (event.type === 'start') id = event.streamId;
    plan.stream?.(event, line);
  };
}

/** An exchange before a product with the plan, on a clock that `play` moves. */
export async function scene(t: TestContext, plan: Plan, options: { carrier?: Carrier; token?: string } = {}) {
  const carrier = options.carrier ?? (await carriers())[0]!.item;
  const made = await product(t, carrier, plan);
  const clock = manualClock(1_800_000_000_000);
  const authToken = options.token ? new Personal(options.token) : account.authToken;
  const http = egress(t);
  const common = { clock, random: seededRandom('exchange'), http, account: { ...account, authToken } };
  const exchange = await openExchange({ ...common, origin: made.origin, carrier: 'emulator' });
  const play = async <T>(work: Promise<T>): Promise<T> => {
    let settled = false;
    const done = () => (settled = true);
    work.then(done, done);
    while (!settled) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(20);
    }
    return work;
  };
  t.after(() => play(exchange.close()));
  const config = { ...readConfig({}), twilioBaseUrl: exchange.rest.url, emulatorBaseUrl: exchange.rest.url };
  const call = (extra = {}) =>
    exchange.call({
      ...numbers,
      voiceUrl: `${made.origin()}/carriers/x/voice`,
      statusUrl: `${made.origin()}/carriers/x/status`,
      ...extra,
    });
  return { ...made, carrier, exchange, play, call, clock, ctx: { http, config } };
}

export const disclosure = { do: 'say', text: 'You are talking to an AI assistant.', language } as const;
export const goodbye = [{ do: 'say', text: 'Goodbye.', language }, { do: 'hang-up' }] as const;

export function say(text: string, interruptible = true): RelayCommand {
  return { do: 'say', text, language, interruptible };
}

/** Greets, repeats what it hears, and ends the relay on "bye". */
export const echo: Plan = {
  answer(event, _request, urls) {
    if (event.type === 'ringing') {
      const relay = { do: 'relay', socketUrl: urls.socketUrl, token: 'token-1', language } as const;
      return [disclosure, { ...relay, thenUrl: urls.at('relay-ended') }];
    }
    return event.type === 'status' ? [] : goodbye;
  },
  relay(event, send) {
    if (event.type === 'setup' && event.token === 'token-1') send(say('How can I help you today?'));
    if (event.type === 'prompt' && event.text.reveal() === 'bye') return send({ do: 'end', reason: 'goodbye' });
    if (event.type === 'prompt') send(say(`You said: ${event.text.reveal()}.`));
  },
};

/** Asks three questions without a socket, the last by keypad. */
export const questions: Plan = {
  answer(event, { url }, urls) {
    const turn = Number(new URL(url).searchParams.get('turn') ?? 0) + 1;
    if (event.type === 'status' || turn > 3) return goodbye;
    const expect = turn === 3 ? 'digits' : 'speech';
    const thenUrl = urls.at('heard', `?turn=${turn}`);
    return [
      { do: 'say', text: `Question ${turn}?`, language },
      { do: 'gather', thenUrl, language, expect, waitS: 5 },
    ];
  },
};

test('an exchange with the wrong token is refused like any stranger', async (t) => {
  const { play, call, seen } = await scene(t, echo, { token: 'ffffffffffffffffffffffffffffffff' });
  const ended = await play(call().ended);
  assert.deepEqual(ended, { how: 'failed', why: 'a webhook was answered with status 403' });
  assert.deepEqual(seen, []);
});

test('the exchange calls this machine only, and the product only', async (t) => {
  const { exchange, play, call } = await scene(t, {
    answer: (_event, _request, urls) => [
      {
        do: 'gather',
        thenUrl: urls.at('heard').replace('127.0.0.1', 'other.example'),
        language,
        expect: 'speech',
        waitS: 1,
      },
    ],
  });
  const ended = await play(call({ statusUrl: undefined }).ended);
  assert.ok(ended.how === 'failed' && ended.why?.includes('another host'));
  const away = await openExchange({
    clock: systemClock,
    random: seededRandom('a'),
    http: egress(t),
    origin: 'https://phone.example.com',
    carrier: 'twilio',
    account,
  });
  t.after(() => away.close());
  assert.throws(
    () => away.call(numbers),
    (error) => isProblem(error, 'address-blocked'),
  );
  assert.notEqual(away.rest.url, exchange.rest.url);
});
