import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { problem } from '#base';
import type { ServerOptions } from './server.ts';
import { edge, gathered, listening, parsed, speak } from '../../test/edge.ts';
import { socket, type Handshake, type SocketSession, type Wire } from './socket.ts';

type Echo = { wires: Wire[]; texts: string[]; codes: number[]; handshakes: Handshake[]; ended: Promise<number> };

/** A socket path whose sessions answer every text with itself and remember what happened. */
function echo(over: Partial<SocketSession> = {}) {
  const ended = Promise.withResolvers<number>();
  const seen: Echo = { wires: [], texts: [], codes: [], handshakes: [], ended: ended.promise };
  const route = socket({
    path: '/carriers/:carrier/relay',
    async open(handshake) {
      seen.handshakes.push(handshake);
      let own: Wire | undefined;
      return {
        opened(wire) {
          own = wire;
          seen.wires.push(wire);
        },
        async text(data) {
          seen.texts.push(data);
          own?.send(data);
        },
        closed(code) {
          seen.codes.push(code);
          ended.resolve(code);
        },
        ...over,
      };
    },
  });
  return { route, seen };
}

type Given = Partial<ServerOptions> & { env?: Record<string, string>; over?: Partial<SocketSession> };

async function echoServer(t: TestContext, { over = {}, ...given }: Given = {}) {
  const { route, seen } = echo(over);
  const { server, clock, lines } = await edge(t, { sockets: [route], ...given });
  const port = await listening(server);
  const dial = () => {
    const client = new WebSocket(`ws://127.0.0.1:${port}/carriers/twilio/relay?a=%20`);
    t.after(() => client.terminate());
    return client;
  };
  const open = async () => {
    const client = dial();
    await once(client, 'open');
    return client;
  };
  return { server, clock, lines, port, seen, dial, open };
}

async function closeOf(client: WebSocket): Promise<[number, string]> {
  const [code, reason] = (await once(client, 'close')) as [number, Buffer];
  return [code, reason.toString()];
}

/** The status and problem code with which a handshake was refused. */
async function refusalOf(client: WebSocket): Promise<[number, string]> {
  client.on('error', () => {});
  const [, response] = (await once(client, 'unexpected-response')) as [
    unknown,
    NodeJS.ReadableStream & { statusCode: number },
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return [response.statusCode, (JSON.parse(Buffer.concat(chunks).toString()) as { code: string }).code];
}

test('a socket is opened with its public URL and its path parts, and texts go both ways', async (t) => {
  const { open, seen } = await echoServer(t, { env: { SOTTO_PUBLIC_URL: 'https://phone.example.com' } });
  const client = await open();
  client.send('hello');
  const [data] = (await once(client, 'message')) as [Buffer];
  assert.equal(data.toString(), 'hello');
  assert.equal(seen.handshakes[0]?.url, 'wss://phone.example.com/carriers/twilio/relay?a=%20');
  assert.deepEqual({ ...seen.handshakes[0]?.params }, { carrier: 'twilio' });
  client.close(1000);
  assert.equal(await seen.ended, 1000);
});

test('what refuses a handshake is the HTTP answer, and no socket is opened', async (t) => {
  const refusing = socket({ path: '/refusing', open: () => Promise.reject(problem('signature-invalid', 'No.')) });
  const broken = socket({ path: '/broken', open: () => Promise.reject(new Error('secret detail')) });
  const { server, lines } = await edge(t, { sockets: [refusing, broken] });
  const port = await listening(server);
  assert.deepEqual(await refusalOf(new WebSocket(`ws://127.0.0.1:${port}/refusing`)), [403, 'signature-invalid']);
  assert.deepEqual(await refusalOf(new WebSocket(`ws://127.0.0.1:${port}/broken`)), [500, 'internal']);
  assert.deepEqual(await refusalOf(new WebSocket(`ws://127.0.0.1:${port}/nowhere`)), [404, 'not-found']);
  assert.equal(server.openSockets(), 0);
  assert.doesNotMatch(JSON.stringify(lines), /secret detail/);
});

test('a handshake that is none is refused, and a plain request to a socket path finds nothing', async (t) => {
  const { port, seen } = await echoServer(t);
  const head = 'GET /carriers/twilio/relay HTTP/1.1\r\nHost: x\r\n';
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
  const cases: [string, number][] = [
    [`${head}${upgrade}Sec-WebSocket-Version: 13\r\n\r\n`, 400],
    [`${head}${upgrade}Sec-WebSocket-Version: 12\r\n${key}\r\n`, 400],
    [`${head}${upgrade}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n`, 400],
    [`${head.replace('GET', 'POST')}${upgrade}Sec-WebSocket-Version: 13\r\n${key}\r\n`, 400],
    [`${head}Connection: close\r\n\r\n`, 404],
    [`${head}Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`, 404],
  ];
  for (const [bytes, status] of cases) {
    const answer = parsed(await (await speak(port, bytes)).answer);
    assert.deepEqual([answer.status, answer.headers['content-type']], [status, 'application/problem+json'], bytes);
    assert.equal(answer.headers['x-frame-options'], 'DENY');
  }
  assert.equal(seen.handshakes.length, 0);
});

test('binary is closed with 1003, and a message beyond 64 KiB with 1009', async (t) => {
  const { open, seen } = await echoServer(t);
  const binary = await open();
  binary.send(Buffer.of(1, 2, 3));
  assert.deepEqual(await closeOf(binary), [1003, 'binary-refused']);
  const large = await open();
  large.send('x'.repeat(65_537));
  assert.equal((await closeOf(large))[0], 1009);
  assert.deepEqual(seen.texts, []);
});

test('a frame that is no frame, or text that is not UTF-8, ends the socket and is not handed on', async (t) => {
  const { port, seen } = await echoServer(t);
  const handshake =
    'GET /carriers/twilio/relay HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
  const unmasked = Buffer.of(0x81, 0x01, 0x61);
  const reserved = Buffer.of(0xf1, 0x81, 0, 0, 0, 0, 0x61);
  const badText = Buffer.of(0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28);
  for (const frame of [unmasked, reserved, badText]) {
    const { answer } = await speak(port, Buffer.concat([Buffer.from(handshake), frame]));
    assert.match(await answer, /^HTTP\/1.1 101 /);
  }
  assert.deepEqual(seen.texts, []);
});

test('a socket that says nothing for ten seconds is closed, one that spoke is not', async (t) => {
  const { open, clock } = await echoServer(t);
  const silent = await open();
  const spoken = await open();
  spoken.send('here');
  await once(spoken, 'message');
  clock.advance(9_999);
  assert.equal(silent.readyState, WebSocket.OPEN);
  clock.advance(1);
  assert.deepEqual(await closeOf(silent), [1008, 'silent']);
  assert.equal(spoken.readyState, WebSocket.OPEN);
});

test('a peer that shows no sign of life through a whole interval is cut off, one that answers pings stays', async (t) => {
  const { open, clock, seen, server } = await echoServer(t);
  const [alive, dead] = [await open(), await open()];
  for (const client of [alive, dead]) {
    client.send('here');
    await once(client, 'message');
  }
  dead.pause();
  const pinged = once(alive, 'ping');
  clock.advance(20_000);
  await pinged;
  // The echo proves that the pong before it has arrived.
  alive.send('still here');
  await once(alive, 'message');
  clock.advance(20_000);
  assert.equal(await seen.ended, 1006);
  assert.equal(alive.readyState, WebSocket.OPEN);
  assert.equal(server.openSockets(), 1);
});

test('messages are handed over in order, one at a time, and the close comes after the last of them', async (t) => {
  const order: string[] = [];
  let inside = 0;
  const ended = Promise.withResolvers<void>();
  const over: Partial<SocketSession> = {
    async text(data) {
      inside += 1;
      assert.equal(inside, 1);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(data);
      inside -= 1;
    },
    closed() {
      order.push('closed');
      ended.resolve();
    },
  };
  const { open } = await echoServer(t, { over });
  const client = await open();
  for (let at = 0; at < 20; at++) client.send(String(at));
  client.close();
  await ended.promise;
  assert.deepEqual(order, [...Array.from({ length: 20 }, (_, at) => String(at)), 'closed']);
});

test('a peer that sends faster than we work is closed when a hundred messages wait', async (t) => {
  const { open } = await echoServer(t, { over: { text: () => new Promise(() => {}) } });
  const client = await open();
  for (let at = 0; at < 102; at++) client.send('more');
  assert.deepEqual(await closeOf(client), [1008, 'too-many-messages']);
});

test('a peer that does not read is closed once more than 1 MiB waits for it', async (t) => {
  const { open, seen, clock } = await echoServer(t);
  const client = await open();
  client.send('here');
  await once(client, 'message');
  client.pause();
  const wire = seen.wires[0]!;
  const piece = 'x'.repeat(256 * 1024);
  // Enough to fill the kernel's buffers on both sides and ours.
  for (let at = 0; at < 400; at++) wire.send(piece);
  clock.advance(10_000);
  assert.equal(await seen.ended, 1006);
  wire.send('ignored');
});

test('a session that fails closes its socket: with its code when the peer is to blame, as internal otherwise', async (t) => {
  for (const [error, expected, isLogged] of [
    [problem('frame-malformed', 'No message of the relay.'), [1008, 'frame-malformed'], false],
    [new Error('secret detail'), [1011, 'internal'], true],
  ] as const) {
    const { open, lines } = await echoServer(t, { over: { text: () => Promise.reject(error) } });
    const client = await open();
    client.send('x');
    assert.deepEqual(await closeOf(client), expected);
    assert.equal(
      lines.some(([event]) => event === 'error.internal'),
      isLogged,
    );
    assert.doesNotMatch(JSON.stringify(lines), /secret detail/);
  }
});

test('a thousand sockets may wait in silence; the next one over the limit is told so, and requests are answered', async (t) => {
  const { open, dial, server, clock } = await echoServer(t, { env: { SOTTO_MAX_SOCKETS: '1000' } });
  const clients = await Promise.all(Array.from({ length: 1_000 }, open));
  assert.equal(server.openSockets(), 1_000);
  assert.deepEqual(await refusalOf(dial()), [503, 'too-many-sockets']);
  assert.equal((await server.inject({ method: 'GET', url: '/hello' })).status, 200);
  const closes = clients.map(closeOf);
  clock.advance(10_000);
  for (const [code] of await Promise.all(closes)) assert.equal(code, 1008);
});

test('a handshake counts as a socket while it is decided, and is given up when that takes too long', async (t) => {
  const asked = Promise.withResolvers<void>();
  const decided = Promise.withResolvers<SocketSession>();
  const codes: number[] = [];
  const slow = socket({ path: '/slow', open: () => (asked.resolve(), decided.promise) });
  const { server, clock } = await edge(t, { sockets: [slow] });
  const port = await listening(server);
  const client = new WebSocket(`ws://127.0.0.1:${port}/slow`);
  const gone = once(client, 'error');
  await asked.promise;
  assert.equal(server.openSockets(), 1);
  clock.advance(10_000);
  await gone;
  decided.resolve({
    opened: () => assert.fail('opened too late'),
    text: async () => {},
    closed: (code) => void codes.push(code),
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([codes, server.openSockets()], [[1006], 0]);
});

test('close says goodbye to every socket and takes no new one', async (t) => {
  const { open, server, seen, port } = await echoServer(t);
  const client = await open();
  const closed = closeOf(client);
  await server.close();
  assert.deepEqual(await closed, [1001, 'shutting-down']);
  assert.equal(await seen.ended, 1001);
  const late = connect(port, '127.0.0.1');
  assert.equal(await gathered(late), '');
});

test('close does not wait for a peer that never says goodbye', async (t) => {
  const { open, server, clock, seen } = await echoServer(t);
  const client = await open();
  client.pause();
  const closing = server.close();
  clock.advance(10_000);
  await closing;
  assert.equal(await seen.ended, 1006);
});
